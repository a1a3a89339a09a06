// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WithoutTestFrameworksTests {

	private static final Pattern NEEDED = Pattern
		.compile("classes|(netty|reactor|reactive-streams|jackson|jspecify|slf4j)-?.*\\.jar");

	@Test
	void runsWithoutJUnitAndSpring() throws Exception {
		try (URLClassLoader loader = new URLClassLoader(needed(), ClassLoader.getPlatformClassLoader())) {
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"));
			Class<?> type = loader.loadClass(ProviderSimulator.class.getName());
			AutoCloseable simulator = (AutoCloseable) type.getMethod("create").invoke(null);
			try {
				assertThat(type.getMethod("port").invoke(simulator)).isNotEqualTo(0);
			}
			finally {
				simulator.close();
			}
		}
	}

	private static URL[] needed() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> NEEDED.matcher(path.getFileName().toString()).matches())
			.map(Path::toUri)
			.map(WithoutTestFrameworksTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(URI uri) {
		try {
			return uri.toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
