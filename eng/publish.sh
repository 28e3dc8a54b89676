# Sourced by ./imker and ./test: publishes the NativeAOT binary, and only when a source is newer.
# Everything it says goes to standard error.

root=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd -P) || exit 1
binary=$root/artifacts/publish/imker

publish_when_stale() {
  publish_is_fresh && return
  if [ "${SUDO_UID:-0}" != 0 ] && [ "$EUID" = 0 ]; then
    publish_as_invoking_user
    return
  fi
  publish_needs || return
  mkdir -p "$root/artifacts" || return
  (
    flock 9
    publish_is_fresh || publish_now
  ) 9>"$root/artifacts/publish.lock"
}

# A file that is deleted changes its directory, so directories count; those a build writes do not.
publish_sources_newer_than() { # file, more tests for find...
  local file=$1
  shift
  find "$root/src" "$root/eng" "$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" \
    \( -name bin -o -name obj \) -prune -o -newer "$file" "$@" -print -quit
}

publish_is_fresh() { [ -x "$binary" ] && [ -z "$(publish_sources_newer_than "$binary")" ]; }

publish_now() {
  local new=$root/artifacts/publish.new started=$root/artifacts/publish.started
  echo 'imker: building, since a source is newer than the binary' >&2
  rm -rf "$new"
  mkdir -p "$root/artifacts" || return
  : >"$started"
  dotnet publish "$root/src/Imker.Cli" -c Release --nologo -v quiet -o "$new" </dev/null >&2 9>&- || {
    echo 'imker: cannot build: see the errors above' >&2
    return 1
  }
  # The build itself makes directories beside the sources: only a file that changed meanwhile counts.
  touch "$new/imker"
  [ -z "$(publish_sources_newer_than "$started" -type f)" ] || touch -r "$started" "$new/imker"
  mkdir -p "${binary%/*}" && mv -f "$new/imker" "$binary" && rm -rf "$new" "$started"
}

publish_needs() {
  local missing=
  command -v dotnet >/dev/null || {
    echo "imker: cannot build: there is no .NET 10 SDK: 'apt-get install dotnet-sdk-10.0' (from Microsoft's Debian feed), or see https://dot.net/download" >&2
    return 1
  }
  (cd "$root" && dotnet --version >/dev/null 2>&1) || {
    echo "imker: cannot build: the .NET SDK here is older than 10.0 ($(dotnet --version 2>/dev/null)): 'apt-get install dotnet-sdk-10.0' (from Microsoft's Debian feed), or see https://dot.net/download" >&2
    return 1
  }
  command -v clang >/dev/null || missing+=' clang'
  command -v ld.lld >/dev/null || missing+=' lld'
  [ -e /usr/include/stdlib.h ] || missing+=' libc6-dev'
  [ -z "$missing" ] && return
  if [ "$EUID" = 0 ] && command -v apt-get >/dev/null; then
    echo "imker: installing$missing, which the build needs" >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $missing; } </dev/null >&2 && return
  fi
  echo "imker: cannot build: the linker is not complete: 'sudo apt-get install$missing'" >&2
  return 1
}

publish_as_invoking_user() {
  local user home
  user=$(id -nu "$SUDO_UID") && home=$(getent passwd "$SUDO_UID" | cut -d: -f6) || return
  runuser -u "$user" -- env -u SUDO_UID HOME="$home" PATH="$PATH:/usr/share/dotnet:/usr/lib/dotnet:$home/.dotnet" \
    bash -c '. "$1" && publish_when_stale' imker "$root/eng/publish.sh" || {
    echo "imker: cannot build as $user, who ran sudo: run '$root/imker' once without sudo to see why" >&2
    return 1
  }
}
