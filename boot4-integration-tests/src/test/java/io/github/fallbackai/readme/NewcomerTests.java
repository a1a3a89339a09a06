// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A newcomer pastes the README's blocks into an empty application, starts it, and gets
 * answers. Nothing else is in that application. It is built by Maven, outside of this
 * project, and its providers are simulated.
 */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
class NewcomerTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern TEXT = Pattern.compile("\"text\":\"(.*?)\"");

	private static final String QUESTION = "What is a circuit breaker?";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "spring-boot.version, fallback-ai-spring-boot-starter, spring-ai.version, 4.38.0",
			"spring-boot4.version, fallback-ai-spring-boot4-starter, spring-ai2.version, 5.0.0" })
	void theBlocksMakeAnApplicationThatAnswers(String springBoot, String starter, String springAi, String generator)
			throws Exception {
		RootPom build = RootPom.read(ROOT);
		EmptyApplication application = new EmptyApplication(Files.createDirectory(this.folder.resolve("demo")), ROOT);
		Readme readme = Readme.read(ROOT);
		application.create(build, build.property(springBoot),
				readme.block("xml", "<artifactId>" + starter + "</artifactId>")
						+ readme.block("xml", "<artifactId>spring-ai-client-chat</artifactId>")
							.replace(build.property("spring-ai.version"), build.property(springAi))
						+ readme.block("xml", "<artifactId>jsonschema-generator</artifactId>")
							.replace(build.property("jsonschema-generator.version"), generator));
		paste(readme, application);
		try (LocalRepository repository = new LocalRepository(ROOT, build.version())) {
			Assumptions.assumeTrue(repository.isBuilt() || System.getenv("FALLBACK_AI_CI") != null,
					"the jars are not packaged: use `mvnw verify`");
			application.compile(repository.fill(Files.createDirectory(this.folder.resolve("repository"))));
			answers(application);
			assertThat(application
				.run(FurtherBlocks.PROGRAM, Map.of("OPENAI_API_KEY", "sk-1", "ANTHROPIC_API_KEY", "sk-2"))
				.strip()).contains(backup.answerTo(QUESTION));
		}
	}

	private static void paste(Readme readme, EmptyApplication application) throws Exception {
		application.configure(readme.block("yaml", "endpoints:"));
		String controller = readme.block("java", "class ChatController");
		int end = controller.lastIndexOf('}');
		application.paste("ChatController",
				controller.substring(0, end) + readme.block("java", "/events") + controller.substring(end));
		application.paste("FailedCalls", readme.block("java", "class FailedCalls"));
		FurtherBlocks.paste(readme, application,
				Map.of("https://api.openai.com/v1", primary.url(), "https://api.anthropic.com/v1", backup.url()));
	}

	/** Real keys, if the environment has some, are not used. */
	private static void answers(EmptyApplication application) throws Exception {
		List<String> simulators = Stream.of(primary, backup)
			.map((simulator) -> "--fallback.ai.overrides." + simulator.endpoint() + ".url=" + simulator.url())
			.toList();
		try (RunningApplication running = application
			.start(Map.of("OPENAI_API_KEY", "sk-one", "GROQ_API_KEY", "sk-two"), simulators)) {
			answers(running);
		}
	}

	private static void answers(RunningApplication application) throws Exception {
		String answer = primary.answerTo("Hello");
		assertThat(application.get("/answer?question=Hello").body()).isEqualTo(answer);
		primary.next(Outcome.healthy().cutAfterTokens(3));
		assertThat(text(application.get("/stream?question=Hello"))).isEqualTo(answer);
		primary.next(Outcome.status(500));
		HttpResponse<String> events = application.get("/events?question=Hello");
		assertThat(text(events)).isEqualTo(backup.answerTo("Hello"));
		assertThat(events.body()).contains("event:switch", "event:done", "\"endpoint\":\"backup\"");
		assertThat(application.get("/assistant").body()).isEqualTo(primary.answerTo(QUESTION));
		primary.next(Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Rome\"}"))));
		assertThat(application.get("/tools").body()).isEqualTo(primary.answerTo("Is it warm in Rome?"));
		primary.next(Outcome.answer("{\"number\":\"A-17\",\"total\":42.50}"));
		assertThat(application.get("/invoice").body()).isEqualTo("Invoice[number=A-17, total=42.50]");
		HttpResponse<String> health = application.get("/actuator/health");
		assertThat(health.statusCode()).isEqualTo(200);
		assertThat(health.body()).contains("\"status\":\"UP\"");
		primary.always(Outcome.status(500));
		backup.always(Outcome.status(500));
		HttpResponse<String> failed = application.get("/answer?question=Hello");
		assertThat(failed.statusCode()).isEqualTo(502);
		assertThat(failed.body()).isEqualTo("No model could answer just now.");
		assertThat(primary.requests()).extracting((request) -> request.header("Authorization"))
			.containsOnly("Bearer sk-one");
		backup.always(Outcome.healthy());
	}

	/** The text of a stream of server-sent events. */
	private static String text(HttpResponse<String> events) {
		assertThat(events.statusCode()).isEqualTo(200);
		return TEXT.matcher(events.body()).results().map((match) -> match.group(1)).collect(Collectors.joining());
	}

}
