// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prepares the chatbot ahead of time, as {@code spring-boot:process-aot} does, and runs
 * what came of it.
 */
@Tag("slow")
class AheadOfTimeTests {

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final Pattern PAGE = Pattern.compile("Page\\s+(http://localhost:\\d+)");

	@TempDir
	private Path folder;

	@Test
	void runsAsPreparedAndReadsItsPropertiesWhenItStarts() throws Exception {
		prepare();
		compile();
		try (ChildProcess chatbot = ChildProcess.start(this.folder.resolve("run.log"),
				List.of(this.folder.resolve("classes"), this.folder.resolve("resources")), "-Dspring.aot.enabled=true",
				SampleApplication.class.getName(), "--server.port=0", "--sample.speed=5",
				"--fallback.ai.overrides.premium.model=chosen-at-run-time", "--fallback.ai.deadline=5m",
				"--fallback.ai.defaults.timeout.connect=30s", "--fallback.ai.defaults.timeout.first-content=1m",
				"--fallback.ai.defaults.timeout.idle=1m")) {
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> PAGE.matcher(chatbot.output()).find() || !chatbot.isAlive());
			assertThat(chatbot.output()).contains("Starting AOT-processed SampleApplication");
			Matcher page = PAGE.matcher(chatbot.output());
			assertThat(page.find()).as(chatbot.output()).isTrue();
			use(WebClient.create(page.group(1)));
		}
	}

	private void use(WebClient client) {
		assertThat(get(client, "/actuator/health").at("/components/fallbackAi/details/activeModel").asText())
			.isEqualTo("chosen-at-run-time");
		assertThat(ask(client).get("endpoint").asText()).isEqualTo("premium");
		client.put()
			.uri("/api/providers/premium")
			.bodyValue(Map.of("mode", "500"))
			.retrieve()
			.toBodilessEntity()
			.block(PATIENCE);
		assertThat(ask(client).get("endpoint").asText()).isEqualTo("budget");
		JsonNode status = get(client, "/actuator/fallbackai");
		assertThat(status.at("/lastServedBy").asText()).isEqualTo("budget");
		assertThat(status.at("/endpoints/premium/statistics/failures/server-error").asInt()).isPositive();
	}

	private static JsonNode ask(WebClient client) {
		return client.post()
			.uri("/api/chat")
			.bodyValue(Map.of("message", "Hello"))
			.retrieve()
			.bodyToMono(JsonNode.class)
			.block(PATIENCE);
	}

	private static JsonNode get(WebClient client, String path) {
		return client.get().uri(path).retrieve().bodyToMono(JsonNode.class).block(PATIENCE);
	}

	private void prepare() throws Exception {
		for (String part : List.of("sources", "resources", "classes")) {
			Files.createDirectory(this.folder.resolve(part));
		}
		try (ChildProcess processor = ChildProcess.start(this.folder.resolve("prepare.log"), List.of(),
				SpringApplicationAotProcessor.class.getName(), SampleApplication.class.getName(),
				this.folder.resolve("sources").toString(), this.folder.resolve("resources").toString(),
				this.folder.resolve("classes").toString(), "io.github.fallbackai", "sample-app")) {
			assertThat(processor.exitCode()).as(processor.output()).isZero();
		}
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> sources = Files.walk(this.folder.resolve("sources"))) {
			Path classes = this.folder.resolve("classes");
			List<String> options = List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
					ChildProcess.classPath(List.of(classes)));
			List<Path> units = sources.filter((path) -> path.toString().endsWith(".java")).toList();
			assertThat(units).isNotEmpty();
			boolean compiled = compiler
				.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(units))
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
	}

}
