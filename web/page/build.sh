# Builds dist/:  sh build.sh NPM
# Where the packages cannot be fetched, the program is built without the page, says so, and the next build tries again.
set -eu
npm=$1
installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  if ! "$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
    echo "The packages of the page could not be fetched (no network?): the program is built without the page. The next build tries again; -DKONTOR_WEB=OFF does not." >&2
    rm -rf node_modules dist
    exit 0
  fi
  touch "$installed"
fi
"$npm" run build --silent -- --logLevel warn
touch dist/index.html
