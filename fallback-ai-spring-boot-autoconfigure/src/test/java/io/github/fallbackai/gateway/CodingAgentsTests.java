// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Codex CLI and Claude Code, unmodified, finish their work through a gateway: three
 * commands in a shell, each once, while the first provider dies at another event of each
 * answer. Needs node, npm and the registry, so it runs on demand only, with a system
 * property.
 */
class CodingAgentsTests {

	private static final Path DIRECTORY = Path.of("target", "coding-agents").toAbsolutePath();

	private static final List<String> PROBES = List.of("probe-42", "probe-43", "probe-44");

	private static final String END = "All done: three probes came back.";

	private static final String TASK = "Run three probes";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static final AtomicInteger requests = new AtomicInteger();

	private static MessagesGateway gateway;

	@TempDir
	Path workspace;

	@BeforeAll
	static void start() throws Exception {
		NodeProgram.wanted("Codex CLI and Claude Code");
		Files.createDirectories(DIRECTORY);
		try (InputStream source = CodingAgentsTests.class.getResourceAsStream("/npm/coding-agents.json")) {
			Files.copy(source, DIRECTORY.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
		}
		NodeProgram.install(DIRECTORY);
		gateway = MessagesGateway.start(first, second, "--fallback.ai.gateway.responses.hosted-tools=leave-out");
	}

	@AfterAll
	static void stop() {
		if (gateway != null) {
			gateway.close();
		}
	}

	static Stream<Arguments> cases() {
		return Stream.of(Agent.values())
			.flatMap((agent) -> MessagesGateway.KINDS.stream().map((kind) -> Arguments.of(agent, kind)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void runEachCommandOnce(Agent agent, String kind) throws Exception {
		first.rules(ProviderRules.STRICT);
		second.rules(ProviderRules.STRICT);
		first.script((request) -> {
			int number = requests.incrementAndGet();
			Outcome answer = answer(request);
			return (number % 2 == 0) ? answer.cutAfterEvents(number % 13).byReset()
					: answer.errorAfterEvents(number % 13, ProviderError.of(529));
		});
		second.script(CodingAgentsTests::answer);
		gateway.reset();
		List<String> others = MessagesGateway.KINDS;
		String other = others.get((others.indexOf(kind) + 1 + agent.ordinal()) % others.size());
		NodeProgram.run(this.workspace, Map.of(), "git", "init", "-q", ".");
		assertThat(agent.run(this.workspace, kind + '-' + other)).contains(END);
		assertThat(this.workspace.resolve("rounds.txt")).hasContent(String.join("\n", PROBES));
		assertThat(second.requests()).isNotEmpty();
	}

	/** The model wants a command to be run until its output is there, three times. */
	private static Outcome answer(RecordedRequest request) {
		String body = request.body().toString();
		long round = PROBES.stream().takeWhile(body::contains).count();
		if (round == PROBES.size()) {
			return Outcome.answer(Answer.text(END).withReasoning("Now I know."));
		}
		String sum = "probe-$((" + (40 + round) + "+2))";
		String command = "echo " + sum + " >> rounds.txt; echo " + sum;
		String id = "call_" + round + "_" + requests.get();
		ToolCall call = body.contains("\"Bash\"")
				? new ToolCall(id, "Bash", "{\"command\":\"" + command + "\",\"description\":\"probe\"}")
				: body.contains("\"exec_command\"") ? new ToolCall(id, "exec_command", "{\"cmd\":\"" + command + "\"}")
						: null;
		// Agents also ask for the title of a conversation, without tools.
		return Outcome.answer(
				(call != null) ? Answer.text("Let me look.").withReasoning("Hm, I have to look.").withToolCalls(call)
						: Answer.text("A title"));
	}

	enum Agent {

		CODEX {

			@Override
			String run(Path workspace, String model) throws Exception {
				Path home = Files.createDirectories(workspace.resolve("home"));
				Files.writeString(home.resolve("config.toml"), """
						model = "%s"
						model_provider = "gateway"
						[model_providers.gateway]
						name = "gateway"
						base_url = "%s/v1"
						env_key = "GATEWAY_KEY"
						wire_api = "responses"
						request_max_retries = 0
						stream_max_retries = 0
						""".formatted(model, gateway.url()));
				return NodeProgram.run(workspace,
						Map.of("CODEX_HOME", home.toString(), "GATEWAY_KEY", MessagesGateway.KEY), program("codex"),
						"exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", TASK);
			}

		},

		CLAUDE_CODE {

			@Override
			String run(Path workspace, String model) throws Exception {
				Map<String, String> environment = Map.of("HOME", workspace.toString(), "ANTHROPIC_BASE_URL",
						gateway.url(), "ANTHROPIC_API_KEY", MessagesGateway.KEY, "ANTHROPIC_MODEL", model,
						"ANTHROPIC_SMALL_FAST_MODEL", model, "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
						"CLAUDE_CODE_MAX_RETRIES", "0");
				return NodeProgram.run(workspace, environment, program("claude"), "-p", TASK, "--allowedTools", "Bash");
			}

		};

		abstract String run(Path workspace, String model) throws Exception;

		private static String program(String name) {
			return DIRECTORY.resolve("node_modules/.bin/" + name).toString();
		}

	}

}
