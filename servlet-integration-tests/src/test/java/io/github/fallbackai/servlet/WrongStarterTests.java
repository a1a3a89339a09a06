// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.servlet;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose starter is for another generation of Spring Boot. The build puts
 * what that starter brings into a folder.
 */
@Tag("slow")
class WrongStarterTests {

	private static final Path OTHER = Path.of("target", "other-generation");

	private static final String OURS = "resilience4j-spring-boot";

	@Test
	void theStartSaysInOneSentenceThatTheStarterIsForAnotherSpringBoot() throws Exception {
		String version = SpringBootVersion.getVersion();
		boolean three = version.startsWith("3.");
		assertThat(start(classPath(false))).contains("APPLICATION FAILED TO START")
			.contains("This application runs on Spring Boot " + version + ", but " + (three
					? "resilience4j-spring-boot4, which fallback-ai-spring-boot4-starter brings, is for Spring Boot 4."
					: "resilience4j-spring-boot3, which fallback-ai-spring-boot-starter brings, is for Spring Boot 3.5."))
			.contains("by io.github.fallbackai:fallback-ai-spring-boot" + (three ? "" : "4") + "-starter.");
	}

	@Test
	void theStartSaysWhichStarterToRemoveIfThereAreBoth() throws Exception {
		boolean three = SpringBootVersion.getVersion().startsWith("3.");
		assertThat(start(classPath(true))).contains("APPLICATION FAILED TO START")
			.contains("Remove fallback-ai-spring-boot" + (three ? "4" : "") + "-starter and resilience4j-spring-boot"
					+ (three ? "4" : "3"));
	}

	private static String classPath(boolean both) throws IOException {
		String present = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		try (Stream<Path> other = Files.list(OTHER)) {
			return Stream
				.concat(Arrays.stream(present.split(File.pathSeparator))
					.filter((entry) -> both || !Path.of(entry).getFileName().toString().startsWith(OURS)),
						other.map(Path::toString))
				.collect(Collectors.joining(File.pathSeparator));
		}
	}

	/** What the program says until it ends. */
	private static String start(String classPath) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, Program.class.getName())
			.redirectErrorStream(true)
			.start();
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Program {

		/**
		 * Starts it, and ends the process if that works.
		 */
		public static void main(String[] args) {
			SpringApplication.run(Program.class, "--spring.main.web-application-type=none").close();
		}

	}

}
