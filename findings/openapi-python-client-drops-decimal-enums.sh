#!/usr/bin/env bash
# Package: openapi-python-client 0.29.1 (PyPI).
#
# Behaviour: JSON Schema lets an enum hold any numbers. A list with a number that is not whole, such as the GST rates
# 0, 0.25, 3, 5, 18, removes the whole object it stands in, and the body of each response that holds the object. The
# tool prints a warning and ends with 0: the client is written, installs, and gives back no data for the operation.
#
# Output seen:
#   rates 0,3,5,18: exit 0, model written: true, response has a type: true
#   rates 0,0.25,3,5,18: exit 0, model written: false, response has a type: false
#
# Why it matters: a contract that lists the lawful tax rates as an enum gives every Python user a client without
# items. Give such a field as a plain number and check the value in code, or count in basis points.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-python-client==0.29.1
cat >contract.py <<'PY'
import json, sys
rates = json.loads(f"[{sys.argv[1]}]")
item = {"type": "object", "required": ["rate"], "properties": {"rate": {"type": "number", "enum": rates}}}
body = {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
get = {"operationId": "getItem", "responses": {"200": {"description": "The item.", "content": body}}}
print(json.dumps({
    "openapi": "3.1.0",
    "info": {"title": "Items", "version": "1"},
    "paths": {"/item": {"get": get}},
    "components": {"schemas": {"Item": item}},
}))
PY
seen=""
for rates in 0,3,5,18 0,0.25,3,5,18; do
  rm -rf client
  python3 contract.py "$rates" >contract.json
  code=0
  venv/bin/openapi-python-client generate --path contract.json --output-path client --meta none >log 2>&1 || code=$?
  model=false
  typed=false
  if [ -f client/models/item.py ]; then model=true; fi
  if grep -q 'Item.from_dict' client/api/default/get_item.py; then typed=true; fi
  echo "rates $rates: exit $code, model written: $model, response has a type: $typed"
  seen="$seen $code $model $typed"
done
if [ "$seen" = " 0 true true 0 false false" ]; then echo "as described"; else echo "CHANGED"; exit 1; fi
