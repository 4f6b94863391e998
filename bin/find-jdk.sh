#!/bin/sh
# Prints the home folder of a JDK that can build and run Leat, or says what to install (exit 2).
# Versions are read from each JDK's `release` file: starting java once per candidate takes too long.

needed=25

# A JDK, not only a JRE: there is a compiler, and the major version is high enough.
suits() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release")
  [ "${major:-0}" -ge "$needed" ]
}

offer() {
  if suits "$1"; then
    printf '%s\n' "$1"
    exit 0
  fi
}

# The folder of the `java` on PATH, behind any symbolic links.
home_on_path() {
  java=$(command -v java) || return 1
  hops=0
  while [ -L "$java" ] && [ "$hops" -lt 20 ]; do
    target=$(readlink "$java")
    case $target in
      /*) java=$target ;;
      *) java=$(dirname "$java")/$target ;;
    esac
    hops=$((hops + 1))
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P)
}

if [ -n "${JAVA_HOME:-}" ]; then
  offer "$JAVA_HOME"
fi

if on_path=$(home_on_path); then
  offer "$on_path"
fi

for home in \
  /usr/lib/jvm/* \
  /usr/java/* \
  /usr/local/java/* \
  /opt/* \
  /opt/java/* \
  "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
  "$HOME"/.jdks/* \
  "$HOME"/.asdf/installs/java/* \
  "$HOME"/.local/share/mise/installs/java/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home \
  "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
  /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
  offer "$home"
done

echo "Leat needs a JDK, version $needed or newer, and found none in JAVA_HOME, on PATH or in the usual folders: install one (https://adoptium.net/temurin/releases/?version=$needed) or set JAVA_HOME to it." >&2
exit 2
