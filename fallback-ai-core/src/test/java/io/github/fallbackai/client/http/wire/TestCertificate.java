// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for 127.0.0.1 that is signed by itself, made afresh by the JDK's keytool.
 *
 * @param keys the private key, for a server
 * @param certificate what a client has to trust
 */
public record TestCertificate(KeyManagerFactory keys, X509Certificate certificate) {

	private static final String PASSWORD = "password";

	/** Makes a certificate in a directory of the test. */
	public static TestCertificate create(Path directory)
			throws IOException, InterruptedException, GeneralSecurityException {
		Path file = directory.resolve("test.p12");
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1",
				"-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString());
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
			throw new IllegalStateException("keytool: " + output);
		}
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			store.load(input, PASSWORD.toCharArray());
		}
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD.toCharArray());
		return new TestCertificate(keys, (X509Certificate) store.getCertificate("test"));
	}

}
