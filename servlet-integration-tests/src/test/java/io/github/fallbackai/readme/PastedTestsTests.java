// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pastes the test classes of {@code docs/testing.md} beside an application with the
 * README's endpoints, compiles them, and runs them.
 */
@Tag("slow")
class PastedTestsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern TEST_CLASS = Pattern
		.compile("(?ms)^```java\\n(@SpringBootTest\\n@SimulatedEndpoints.*?^class (\\w+Tests) .*?)^```$");

	private static final Pattern ENDPOINTS = Pattern.compile("(?ms)^```yaml\\n(fallback:.*?)^```$");

	/** What a development environment adds. */
	private static final String IMPORTS = """
			package com.example.demo;

			import java.time.Duration;
			import java.util.concurrent.CompletableFuture;

			import io.github.fallbackai.chat.ChatResponse;
			import io.github.fallbackai.test.*;
			import io.github.fallbackai.test.spring.*;
			import io.github.fallbackai.test.time.*;
			import org.junit.jupiter.api.Test;

			import org.springframework.beans.factory.annotation.Autowired;
			import org.springframework.boot.test.context.SpringBootTest;

			import static org.assertj.core.api.Assertions.assertThat;

			""";

	private static final String APPLICATION = """
			package com.example.demo;

			@org.springframework.boot.autoconfigure.SpringBootApplication
			class DemoApplication {

			}
			""";

	private static final String SERVICE = """
			package com.example.demo;

			@org.springframework.stereotype.Service
			class ChatService {

				private final io.github.fallbackai.AiFallbackTemplate ai;

				ChatService(io.github.fallbackai.AiFallbackTemplate ai) {
					this.ai = ai;
				}

				io.github.fallbackai.chat.ChatResponse answer(String question) {
					return this.ai.blocking().chat(question);
				}

			}
			""";

	private final ClassLoader own = Thread.currentThread().getContextClassLoader();

	@TempDir
	private Path folder;

	@AfterEach
	void restore() {
		Thread.currentThread().setContextClassLoader(this.own);
	}

	@Test
	void succeed() throws Exception {
		List<MatchResult> pasted = TEST_CLASS.matcher(Files.readString(ROOT.resolve("docs/testing.md")))
			.results()
			.toList();
		assertThat(pasted).extracting((block) -> block.group(2))
			.containsExactly("ChatServiceTests", "SlowProviderTests");
		List<Path> sources = new ArrayList<>();
		sources.add(write("DemoApplication.java", APPLICATION));
		sources.add(write("ChatService.java", SERVICE));
		for (MatchResult block : pasted) {
			sources.add(write(block.group(2) + ".java", IMPORTS + block.group(1)));
		}
		MatchResult endpoints = ENDPOINTS.matcher(Files.readString(ROOT.resolve("README.md")))
			.results()
			.findFirst()
			.get();
		write("application.yml", endpoints.group(1));
		compile(sources);

		TestExecutionSummary summary = run();

		StringWriter failures = new StringWriter();
		summary.printFailuresTo(new PrintWriter(failures));
		assertThat(summary.getTotalFailureCount()).as(failures.toString()).isZero();
		assertThat(summary.getTestsSucceededCount()).isEqualTo(3);
	}

	private TestExecutionSummary run() throws IOException {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		try (URLClassLoader classes = new URLClassLoader(new URL[] { this.folder.toUri().toURL() }, this.own)) {
			Thread.currentThread().setContextClassLoader(classes);
			LauncherFactory.create()
				.execute(LauncherDiscoveryRequestBuilder.request()
					.selectors(Stream.of("ChatServiceTests", "SlowProviderTests")
						.map((name) -> DiscoverySelectors.selectClass(classes, "com.example.demo." + name))
						.toList())
					.build(), listener);
		}
		return listener.getSummary();
	}

	private void compile(List<Path> sources) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("-parameters", "-proc:none", "-d", this.folder.toString(), "-cp",
					classPath());
			boolean compiled = compiler
				.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
	}

	/** Surefire starts with a jar that only lists the class path, and keeps it there. */
	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private Path write(String file, String text) throws IOException {
		return Files.writeString(this.folder.resolve(file), text);
	}

}
