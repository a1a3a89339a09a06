// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.fallbackai.test.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

class ContinuationTests {

	private static final String WHOLE = "One is one. Two is two. Three is three.";

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	@ParameterizedTest
	@ValueSource(ints = { 1, 30, 90 })
	void goesOnAfterAPrefill(int length) {
		String whole = simulator.answerTo("Why?");

		assertThat(ask(prefilled(whole.substring(0, length)))).isEqualTo(whole.substring(length));
	}

	@ParameterizedTest
	@ValueSource(strings = { "user", "system", "developer" })
	void goesOnWhenAnInstructionFollowsTheBeginning(String role) {
		String whole = simulator.answerTo("Why?");
		ObjectNode request = prefilled(whole.substring(0, 40));
		add(request, role, "Go on where you stopped.");

		assertThat(ask(request)).isEqualTo(whole.substring(40));
	}

	@Test
	void hasNothingLeftToSayAfterTheWholeAnswer() {
		assertThat(ask(prefilled(simulator.answerTo("Why?")))).isEmpty();
	}

	@Test
	void takesAFollowUpQuestionForWhatItIs() {
		ObjectNode request = prefilled(simulator.answerTo("Why?"));
		add(request, "user", "And then?");

		assertThat(ask(request)).isEqualTo(simulator.answerTo("And then?"));
	}

	@Test
	void answersTheQuestionWhenThePrefillIsNotItsOwn() {
		assertThat(ask(prefilled("Something else"))).isEqualTo(simulator.answerTo("Why?"));
	}

	@Test
	void goesOnWithAnswersOfTheTest() {
		simulator.answers((request) -> WHOLE);

		assertThat(ask(prefilled("One is"))).isEqualTo(" one. Two is two. Three is three.");
	}

	@Test
	void repeatsTheLastSentence() {
		simulator.answers((request) -> WHOLE);
		simulator.continuation(Continuation.REPEAT_LAST_SENTENCE);

		assertThat(ask(prefilled("One is"))).isEqualTo(WHOLE);
		assertThat(ask(prefilled("One is one. Two"))).isEqualTo("Two is two. Three is three.");
		assertThat(ask(prefilled("One is one. Two is two."))).isEqualTo("Two is two. Three is three.");
		assertThat(ask(prefilled("One is one. Two is two. "))).isEqualTo("Two is two. Three is three.");
	}

	@Test
	void startsAgain() {
		simulator.answers((request) -> WHOLE);
		simulator.continuation(Continuation.FROM_START);

		assertThat(ask(prefilled("One is one. Two"))).isEqualTo(WHOLE);
	}

	@Test
	void paraphrases() {
		simulator.answers((request) -> WHOLE);
		simulator.continuation(Continuation.PARAPHRASE);

		assertThat(ask(prefilled("One is one. Two"))).startsWith("Or, to put").endsWith("is two. Three is three.");
	}

	@Test
	void goesOnAfterAnotherSimulatorWithAnotherSignature() {
		try (ProviderSimulator backup = ProviderSimulator.create(SimulatorOptions.defaults().withSignature("backup"))) {
			String whole = simulator.answerTo("Why?");

			String rest = text(new ChatClient(backup), prefilled(whole.substring(0, 50)));

			assertThat(rest).isEqualTo(whole.substring(50) + " Yours, backup.");
		}
	}

	private static ObjectNode prefilled(String beginning) {
		ObjectNode request = ChatClient.question("Why?");
		add(request, "assistant", beginning);
		return request;
	}

	private static void add(ObjectNode request, String role, String content) {
		request.withArray("messages").addObject().put("role", role).put("content", content);
	}

	private static String ask(ObjectNode request) {
		return text(new ChatClient(simulator), request);
	}

	private static String text(ChatClient client, ObjectNode request) {
		return Json.read(client.send(request).body()).at("/choices/0/message/content").asText();
	}

}
