// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs test classes once more, in the newest JDK that is installed beside the one that
 * runs them already.
 */
public final class NewestJdk {

	private static final String RESULT = "tests failed on the newest JDK: ";

	private NewestJdk() {
	}

	/**
	 * Runs test classes there. Aborts the test if no newer JDK is installed.
	 * @param tests the test classes
	 */
	public static void run(Class<?>... tests) throws IOException {
		Path newest = newest();
		Assumptions.assumeTrue(newest != null, "no newer JDK is installed beside this one");
		List<String> command = new ArrayList<>(List.of(newest.resolve("bin").resolve("java").toString(), "-Xmx512m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath(), NewestJdk.class.getName()));
		Arrays.stream(tests).map(Class::getName).forEach(command::add);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains(RESULT + 0);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Surefire starts with a jar that only lists the class path, and keeps it there. */
	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static Path newest() throws IOException {
		Path own = Path.of(System.getProperty("java.home")).toRealPath();
		try (Stream<Path> installed = Files.list(own.getParent())) {
			return installed.filter((home) -> version(home) > Runtime.version().feature())
				.max(Comparator.comparingInt(NewestJdk::version))
				.orElse(null);
		}
	}

	private static int version(Path home) {
		Properties release = new Properties();
		try (var file = Files.newBufferedReader(home.resolve("release"))) {
			release.load(file);
			return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", "")).feature();
		}
		catch (IOException | RuntimeException ex) {
			// No JDK.
			return 0;
		}
	}

	/**
	 * Runs the classes of those names in this JVM.
	 * @param names the names
	 */
	public static void main(String[] names) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(Arrays.stream(names).map(DiscoverySelectors::selectClass).toList())
				.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
				.build(), listener);
		TestExecutionSummary summary = listener.getSummary();
		summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
		long succeeded = summary.getTestsSucceededCount();
		System.out.println("Java " + Runtime.version() + ", tests that succeeded: " + succeeded);
		System.out.println(RESULT + ((succeeded > 0) ? summary.getTotalFailureCount() : "all"));
		System.exit(0);
	}

}
