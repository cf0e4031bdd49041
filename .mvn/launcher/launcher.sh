#!/bin/sh
# Starts ${launcher.name} from the folder that holds bin/ and lib/; JAVA_HOME and JAVA_OPTS are honoured.
self=$0
while [ -h "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=$(dirname "$self")/$link ;; esac
done
home=$(cd "$(dirname "$self")/.." && pwd -P) || exit 1
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
# Two OpenMP threads collapse when the machine is shared; the JVM cannot set this for itself.
OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
export OMP_NUM_THREADS
if [ ${launcher.small} = true ]; then
  # Otherwise glibc keeps what loading a model took, for itself and for each thread.
  MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-262144}
  MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-131072}
  export MALLOC_ARENA_MAX MALLOC_MMAP_THRESHOLD_ MALLOC_TRIM_THRESHOLD_
fi
# Native libraries that lie ready, as in the server's archive; the library path serves where no temporary folder can be
# written to.
native=
if [ -d "$home/lib/native" ]; then
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) native=linux-x64 ;;
    Linux-aarch64 | Linux-arm64) native=linux-aarch64 ;;
    Darwin-arm64) native=osx-aarch64 ;;
    MINGW*-x86_64 | MSYS*-x86_64 | CYGWIN*-x86_64) native=win-x64 ;;
    *) native=unknown ;;
  esac
  if [ ! -d "$home/lib/native/$native" ]; then
    echo "${launcher.name}: this archive is for $(ls "$home/lib/native" | tr '\n' ' ')and not for $(uname -s) on $(uname -m)" >&2
    exit 1
  fi
  native=$home/lib/native/$native
fi
# Classes as bin/prepare has stored them; a JVM that they do not fit takes no notice of them.
shared=$home/lib/${launcher.name}.jsa
[ -f "$shared" ] || shared=
store=${STORE_CLASSES:-}
# In the C locale a JVM cannot open files whose names go beyond ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  '' | C | POSIX) LC_ALL=C.UTF-8; export LC_ALL ;;
esac
# Nothing here needs Java's deserialization. Behind JAVA_OPTS, which may be meant for another program.
# JAVA_OPTS is split on purpose.
# shellcheck disable=SC2086
exec "$java" ${launcher.jvm} --enable-native-access=ALL-UNNAMED -Dcadenza.home="$home" \
  ${native:+"-Donnxruntime.native.path=$native"} ${native:+"-Djava.library.path=$native"} \
  ${shared:+"-XX:SharedArchiveFile=$shared"} ${shared:+-Xlog:disable} ${shared:+-Xlog:all=error:stderr} \
  ${store:+"-XX:ArchiveClassesAtExit=$store"} ${store:+-Xlog:disable} ${store:+-Xlog:all=error:stderr} \
  ${JAVA_OPTS:-} '-Djdk.serialFilter=!*' -cp "$home/lib/*" ${launcher.main} "$@"
