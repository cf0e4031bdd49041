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
# JAVA_OPTS is split on purpose.
# shellcheck disable=SC2086
exec "$java" --enable-native-access=ALL-UNNAMED -Dcadenza.home="$home" ${JAVA_OPTS:-} -cp "$home/lib/*" ${launcher.main} "$@"
