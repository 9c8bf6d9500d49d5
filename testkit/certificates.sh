#!/bin/sh
# Makes the certificates of TestCertificate anew. The authority's private key is thrown away.
set -eu
cd "$(dirname "$0")/src/main/resources/dev/aikit/testkit"
rm -f ./*.p12
work=$(mktemp -d)
key() { keytool -storetype PKCS12 -storepass testkit "$@" 2>/dev/null; }
key -keystore "$work/ca.p12" -genkeypair -alias ca -keyalg EC -groupname secp256r1 -dname "CN=AIKit test kit (do not trust)" \
  -ext bc:c=ca:true -ext ku:c=keyCertSign -startdate 2000/01/01 -validity 46000
key -keystore "$work/ca.p12" -exportcert -alias ca -rfc >"$work/ca.pem"
key -keystore authority.p12 -importcert -noprompt -alias ca -file "$work/ca.pem"
leaf() { # file, names, first day, days
  key -keystore "$1.p12" -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname "CN=server of a test"
  key -keystore "$1.p12" -certreq -alias server -file "$work/request"
  key -keystore "$work/ca.p12" -gencert -alias ca -infile "$work/request" -outfile "$work/$1.pem" -rfc \
    -ext "san=$2" -ext eku=serverAuth -startdate "$3" -validity "$4"
  cat "$work/ca.pem" >>"$work/$1.pem"
  key -keystore "$1.p12" -importcert -noprompt -alias server -file "$work/$1.pem"
}
leaf good dns:localhost,ip:127.0.0.1,ip:::1 2020/01/01 38500
leaf expired dns:localhost,ip:127.0.0.1,ip:::1 2001/01/01 365
leaf other_name dns:elsewhere.test 2020/01/01 38500
rm -r "$work"
