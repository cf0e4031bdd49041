#!/bin/sh
# Unpacks the archive and uses it as whoever downloads it would: $1 is the archive, $2 a folder to work in.
set -eu
rm -rf "$2"
mkdir -p "$2"
tar xzf "$1" -C "$2"
home=$(echo "$2"/cadenza-*)
cd "$2"
"$home/bin/prepare" > prepared.txt 2> prepared.log || { cat prepared.log >&2; exit 1; }
grep -q '^good: ' prepared.txt
test -s "$home/lib/server.jsa"
"$home/bin/server" generate --seed 7 --notes 200 -o piece.mid 2> generated.log || { cat generated.log >&2; exit 1; }
test "$(head -c 4 piece.mid)" = MThd
# As with a read-only root file system: no temporary file can be made anywhere.
JAVA_OPTS=-Djava.io.tmpdir=/nonexistent "$home/bin/server" --check > bare.txt 2> bare.log || { cat bare.log >&2; exit 1; }
grep -q '^good: ' bare.txt
if find "$home" -name checkpoint.zip | grep -q .; then
  echo "the archive holds a checkpoint, which no server reads" >&2
  exit 1
fi
echo "the archive works: $(cat prepared.txt)"
