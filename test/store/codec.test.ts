import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordError } from '../../src/errors/record-error.ts';
import { formatRecord, parseRecord } from '../../src/store/codec.ts';
import { defaultRecord } from '../../src/store/default-record.ts';

const root = '/home/u/.docker/machine';
const file = `${root}/machines/m1/config.json`;
const parse = (text: string, name = 'm1') => parseRecord({ file, text, root, name });

/** As docker-machine writes it after `create -d none --url tcp://127.0.0.1:2376 m1`. */
const NONE = `{
    "ConfigVersion": 3,
    "Driver": {
        "IPAddress": "127.0.0.1:2376",
        "MachineName": "m1",
        "SSHUser": "",
        "SSHPort": 0,
        "SSHKeyPath": "",
        "StorePath": "/home/u/.docker/machine",
        "SwarmMaster": false,
        "SwarmHost": "",
        "SwarmDiscovery": "",
        "URL": "tcp://127.0.0.1:2376"
    },
    "DriverName": "none",
    "HostOptions": {
        "Driver": "",
        "Memory": 0,
        "Disk": 0,
        "EngineOptions": {
            "ArbitraryFlags": [],
            "Dns": null,
            "GraphDir": "",
            "Env": [],
            "Ipv6": false,
            "InsecureRegistry": [],
            "Labels": [],
            "LogLevel": "",
            "StorageDriver": "",
            "SelinuxEnabled": false,
            "TlsVerify": true,
            "RegistryMirror": [],
            "InstallURL": "https://get.docker.com"
        },
        "SwarmOptions": {
            "IsSwarm": false,
            "Address": "",
            "Discovery": "",
            "Agent": false,
            "Master": false,
            "Host": "tcp://0.0.0.0:3376",
            "Image": "swarm:latest",
            "Strategy": "spread",
            "Heartbeat": 0,
            "Overcommit": 0,
            "ArbitraryFlags": [],
            "ArbitraryJoinFlags": [],
            "Env": null,
            "IsExperimental": false
        },
        "AuthOptions": {
            "CertDir": "/home/u/.docker/machine/certs",
            "CaCertPath": "/home/u/.docker/machine/certs/ca.pem",
            "CaPrivateKeyPath": "/home/u/.docker/machine/certs/ca-key.pem",
            "CaCertRemotePath": "",
            "ServerCertPath": "/home/u/.docker/machine/machines/m1/server.pem",
            "ServerKeyPath": "/home/u/.docker/machine/machines/m1/server-key.pem",
            "ClientKeyPath": "/home/u/.docker/machine/certs/key.pem",
            "ServerCertRemotePath": "",
            "ServerKeyRemotePath": "",
            "ClientCertPath": "/home/u/.docker/machine/certs/cert.pem",
            "ServerCertSANs": [],
            "StorePath": "/home/u/.docker/machine/machines/m1"
        }
    },
    "Name": "m1"
}`;

test('a new record is written byte for byte as docker-machine writes it', () => {
  const driver = { URL: 'tcp://127.0.0.1:2376', IPAddress: '127.0.0.1:2376' };
  const record = defaultRecord({ root, name: 'm1', driverName: 'none', driver, engine: {}, tlsSans: [] });
  assert.equal(formatRecord(record), NONE);
});

test('a record of docker-machine survives a read and a write byte for byte', () => {
  const { record, version } = parse(NONE);
  assert.equal(version, 3);
  assert.equal(formatRecord(record), NONE);
});

test('keys that azdock does not know survive, wherever they are, in their place', () => {
  const text = NONE.replace('"Memory": 0,', '"Memory": 0,\n        "MachineOS": "linux",')
    .replace('"IPAddress"', '"IPv6Address": "",\n        "IPAddress"')
    .replace('"DriverName"', '"Extra": {\n        "__proto__": [\n            1\n        ]\n    },\n    "DriverName"');
  assert.equal(formatRecord(parse(text).record), text);
});

test('numbers that JavaScript cannot hold survive', () => {
  for (const number of ['12345678901234567890', '1.50', '1e400', '-0.10', '9007199254740993']) {
    const text = NONE.replace('"URL"', `"Odd": ${number},\n        "URL"`);
    assert.equal(formatRecord(parse(text).record), text, number);
  }
});

test('characters that Go escapes are escaped, in values and in keys', () => {
  const { record } = parse(NONE);
  const value = `<a href="x">&\u2028\u2029\b\f\n\t\u0001\\b\\</a>é€😀`;
  record.Driver['<key>'] = value;
  const text = formatRecord(record);
  assert.ok(
    text.includes(
      String.raw`"\u003ckey\u003e": "\u003ca href=\"x\"\u003e\u0026\u2028\u2029\u0008\u000c\n\t\u0001\\b\\\u003c/a\u003eé€😀"`,
    ),
    text,
  );
  assert.equal(parse(text).record.Driver['<key>'], value);
});

test('lists may be null, and missing keys get the zero values of Go', () => {
  const text = NONE.replace('"ServerCertSANs": []', '"ServerCertSANs": null')
    .replace(/\s+"SelinuxEnabled": false,/, '')
    .replace(/\s+"SSHPort": 0,/, '')
    .replace(/"SwarmOptions": \{[^}]*\}/, '"SwarmOptions": null');
  const { record } = parse(text);
  assert.equal(record.HostOptions.AuthOptions.ServerCertSANs, null);
  assert.equal(record.HostOptions.EngineOptions.SelinuxEnabled, false);
  assert.equal(record.Driver.SSHPort, 0);
  assert.equal(record.HostOptions.SwarmOptions.IsSwarm, false);
});

test('the name is that of the directory, whatever the record says', () => {
  assert.equal(parse(NONE, 'renamed').record.Name, 'renamed');
});

test('what is no record is refused with the file, the reason and a next step', () => {
  const cases: [string, RegExp][] = [
    ['', /is not JSON/],
    [NONE.slice(0, 400), /is not JSON/],
    ['[]', /does not hold a JSON object/],
    ['{"ConfigVersion": 3}', /has no DriverName/],
    [NONE.replace('"ConfigVersion": 3', '"ConfigVersion": "x"'), /unreadable ConfigVersion/],
    [NONE.replace(/"AuthOptions"/, '"X"'), /has no AuthOptions/],
    [NONE.replace('"SSHPort": 0', '"SSHPort": "22"'), /something else than a number at Driver\.SSHPort/],
    [NONE.replace('"Labels": []', '"Labels": [1]'), /something else than a list at EngineOptions\.Labels/],
    [
      NONE.replace('"TlsVerify": true', '"TlsVerify": "yes"'),
      /something else than a boolean at EngineOptions\.TlsVerify/,
    ],
    [NONE.replace(/"Driver": \{[^}]*\}/, '"Driver": 7'), /something else than an object at Driver/],
  ];
  for (const [text, why] of cases) {
    assert.throws(
      () => parse(text),
      (error) => {
        assert.ok(error instanceof RecordError, String(error));
        assert.match(error.message, why);
        assert.ok(error.message.includes(file));
        assert.equal(error.nextSteps[0]?.command, 'azdock rm -f m1');
        return true;
      },
    );
  }
});

test('a record from the future is refused, and removing it is not what we advise', () => {
  assert.throws(
    () => parse(NONE.replace('"ConfigVersion": 3', '"ConfigVersion": 4')),
    (error) => {
      assert.ok(error instanceof RecordError);
      assert.match(error.message, /written by a newer version.*ConfigVersion 4/);
      assert.ok(error.nextSteps.every(({ command }) => !command.includes('rm')));
      return true;
    },
  );
});
