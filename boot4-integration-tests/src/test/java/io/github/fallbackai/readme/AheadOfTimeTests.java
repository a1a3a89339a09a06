// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prepares an application of Spring Boot 4 ahead of time, as
 * {@code docs/ahead-of-time.md} says, and runs what came of it.
 */
@Tag("slow")
class AheadOfTimeTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@TempDir
	private Path folder;

	@Test
	void runsAsPreparedAndReadsItsPropertiesWhenItStarts() throws Exception {
		prepare();
		compile();
		String classPath = this.folder.resolve("classes") + ":" + this.folder.resolve("resources") + ":" + classPath();
		try (RunningApplication application = RunningApplication.start(this.folder, classPath,
				List.of("-Dspring.aot.enabled=true"), PreparedApplication.class,
				List.of("--logging.level.org.springframework.boot=info",
						"--fallback.ai.overrides.primary.url=" + primary.url(),
						"--fallback.ai.overrides.primary.model=chosen-at-run-time",
						"--fallback.ai.overrides.backup.url=" + backup.url()))) {
			assertThat(application.get("/actuator/health").body()).contains("\"activeModel\":\"chosen-at-run-time\"");
			assertThat(application.log()).contains("Starting AOT-processed PreparedApplication");
			primary.next(Outcome.status(500));
			assertThat(application.get("/answer").body()).isEqualTo("backup: " + backup.answerTo("Hello"));
			assertThat(application.get("/answer").body()).startsWith("primary: ");
			assertThat(application.get("/actuator/fallbackai").body()).contains("\"server-error\":1");
		}
	}

	private void prepare() throws Exception {
		for (String part : List.of("sources", "resources", "classes")) {
			Files.createDirectory(this.folder.resolve(part));
		}
		Path log = this.folder.resolve("prepare.log");
		Process processor = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", classPath(),
				SpringApplicationAotProcessor.class.getName(), PreparedApplication.class.getName(),
				this.folder.resolve("sources").toString(), this.folder.resolve("resources").toString(),
				this.folder.resolve("classes").toString(), "com.example", "demo")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(processor.waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(processor.exitValue()).as(Files.readString(log)).isZero();
		}
		finally {
			processor.destroyForcibly();
		}
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		Path classes = this.folder.resolve("classes");
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> sources = Files.walk(this.folder.resolve("sources"))) {
			List<String> options = List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
					classes + ":" + classPath());
			List<Path> units = sources.filter((path) -> path.toString().endsWith(".java")).toList();
			assertThat(units).isNotEmpty();
			boolean compiled = compiler
				.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(units))
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
	}

	/** Surefire starts with a jar that only lists the class path, and keeps it there. */
	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

}
