# man_in_the_middle.py: stands between a station and the hub with a certificate of its own.
# SPDX-License-Identifier: GPL-3.0-or-later
import socket
import ssl
import struct
import subprocess
import threading

SSL_REQUEST = struct.pack("!ii", 8, 80877103)


def make_certificate(folder):
    """One that says the same name as any hub's, with another key."""
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-days", "3650", "-nodes", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-subj", "/CN=concourse", "-keyout", folder / "evil.key",
         "-out", folder / "evil.crt"],
        check=True, capture_output=True)
    return folder / "evil.crt", folder / "evil.key"


class ManInTheMiddle:
    """Listens on a port, speaks TLS to both sides and passes everything on."""

    def __init__(self, folder, hub_port, hub_host="127.0.0.1", host="127.0.0.1"):
        certificate, key = make_certificate(folder)
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(certificate, key)
        self.client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.client.check_hostname = False
        self.client.verify_mode = ssl.CERT_NONE
        self.hub = (hub_host, hub_port)
        self.listener = socket.create_server((host, 0))
        self.port = self.listener.getsockname()[1]
        self.n_asked = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self.listener.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.n_asked += 1
            threading.Thread(target=self._connect, args=[connection], daemon=True).start()

    def _connect(self, plain):
        try:
            if plain.recv(8) != SSL_REQUEST:
                return
            plain.sendall(b"S")
            station = self.server.wrap_socket(plain, server_side=True)
            hub = socket.create_connection(self.hub)
            hub.sendall(SSL_REQUEST)
            hub.recv(1)
            hub = self.client.wrap_socket(hub)
            threading.Thread(target=self._pass, args=[hub, station], daemon=True).start()
            self._pass(station, hub)
        except OSError:
            pass
        finally:
            plain.close()

    @staticmethod
    def _pass(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        target.close()
