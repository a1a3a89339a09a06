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

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "spring-boot.version, fallback-ai-spring-boot-starter",
			"spring-boot4.version, fallback-ai-spring-boot4-starter" })
	void theBlocksMakeAnApplicationThatAnswers(String springBoot, String starter) throws Exception {
		RootPom build = RootPom.read(ROOT);
		EmptyApplication application = new EmptyApplication(Files.createDirectory(this.folder.resolve("demo")), ROOT);
		Readme readme = Readme.read(ROOT);
		application.create(build, build.property(springBoot),
				readme.block("xml", "<artifactId>" + starter + "</artifactId>"));
		paste(readme, application);
		try (LocalRepository repository = new LocalRepository(ROOT, build.version())) {
			Assumptions.assumeTrue(repository.isBuilt() || System.getenv("FALLBACK_AI_CI") != null,
					"the jars are not packaged: use `mvnw verify`");
			application.compile(repository.fill(Files.createDirectory(this.folder.resolve("repository"))));
			answers(application);
		}
	}

	private static void paste(Readme readme, EmptyApplication application) throws Exception {
		application.configure(readme.block("yaml", "endpoints:"));
		String controller = readme.block("java", "class ChatController");
		int end = controller.lastIndexOf('}');
		application.paste("ChatController",
				controller.substring(0, end) + readme.block("java", "/events") + controller.substring(end));
		application.paste("FailedCalls", readme.block("java", "class FailedCalls"));
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
	}

	/** The text of a stream of server-sent events. */
	private static String text(HttpResponse<String> events) {
		assertThat(events.statusCode()).isEqualTo(200);
		return TEXT.matcher(events.body()).results().map((match) -> match.group(1)).collect(Collectors.joining());
	}

}
