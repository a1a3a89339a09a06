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
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.ProviderRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SDKs from npm, unmodified, as clients of a gateway. They run their own tools while the
 * first provider dies at another event of each answer. Needs node, npm and the registry,
 * so it runs on demand only, with a system property.
 */
class NpmClientsTests {

	private static final List<String> FILES = List.of("package.json", "check.mjs", "openai.mjs", "anthropic.mjs",
			"vercel.mjs");

	private static final Path DIRECTORY = Path.of("target", "npm");

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static final AtomicInteger requests = new AtomicInteger();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() throws Exception {
		NodeProgram.wanted("SDKs from npm");
		Files.createDirectories(DIRECTORY);
		for (String file : FILES) {
			try (InputStream source = NpmClientsTests.class.getResourceAsStream("/npm/" + file)) {
				Files.copy(source, DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		NodeProgram.install(DIRECTORY);
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		if (gateway != null) {
			gateway.close();
		}
	}

	static Stream<Arguments> cases() {
		return Stream.of("openai.mjs", "anthropic.mjs", "vercel.mjs")
			.flatMap((script) -> MessagesGateway.KINDS.stream().map((kind) -> Arguments.of(script, kind)));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void runTheirToolsOnce(String script, String kind) throws Exception {
		first.rules(ProviderRules.STRICT);
		second.rules(ProviderRules.STRICT);
		first.script((request) -> ToolRounds.answer(request).cutAfterEvents(requests.incrementAndGet() % 14));
		second.script(ToolRounds::answer);
		gateway.reset();
		List<String> others = MessagesGateway.KINDS;
		String other = others.get((others.indexOf(kind) + 1 + script.length()) % others.size());
		String said = NodeProgram.run(DIRECTORY, Map.of(), "node", script, gateway.url() + "/v1", MessagesGateway.KEY,
				kind + '-' + other);
		assertThat(said).contains("GOOD").doesNotContain("BAD");
		assertThat(second.requests()).isNotEmpty();
	}

}
