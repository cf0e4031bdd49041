#!/bin/sh
# Makes later starts on this machine faster: starts the server once, has it play, and stores the classes that it used.
home=$(cd "$(dirname "$0")/.." && pwd -P) || exit 1
shared=$home/lib/${launcher.name}.jsa
rm -f "$shared" "$shared.next"
STORE_CLASSES=$shared.next "$home/bin/${launcher.name}" --check "$@" || exit 1
mv "$shared.next" "$shared"
