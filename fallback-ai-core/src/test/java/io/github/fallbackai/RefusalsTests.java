// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Models decline, and policies cut answers, over real connections.
 */
class RefusalsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final ChatRequest REQUEST = ChatRequest.of("How do I do it?");

	private static final Outcome DECLINES = Outcome.answer(Answer.refusal("I cannot help with that."));

	private static final Outcome CUT = Outcome.answer(Answer.text("First take the long one and then")
		.withFinishReason(io.github.fallbackai.test.wire.FinishReason.CONTENT_FILTER));

	private static final Outcome FILTERED = Outcome
		.answer(Answer.empty().withFinishReason(io.github.fallbackai.test.wire.FinishReason.CONTENT_FILTER));

	private static final Outcome ANSWERS = Outcome.answer("Like this.");

	private final ProviderSimulator primary = ProviderSimulator.create();

	private final ProviderSimulator backup = ProviderSimulator.create();

	private final List<AiFallbackTemplate> templates = new ArrayList<>();

	@AfterEach
	void close() {
		this.templates.forEach(AiFallbackTemplate::close);
		this.primary.close();
		this.backup.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "responses", "anthropic", "gemini" })
	void anotherModelIsAsked(String api) {
		AiFallbackTemplate ai = template(api, FailureKind.REFUSED);
		this.backup.always(ANSWERS);
		for (Outcome refusal : refusals(api)) {
			this.primary.always(refusal);
			ChatResponse whole = ai.chat(REQUEST).block(PATIENCE);
			assertThat(whole).isNotNull();
			assertThat(whole.text()).isEqualTo("Like this.");
			assertThat(whole.attempts().get(0).failure()).isIn(FailureKind.REFUSED, FailureKind.CONTENT_FILTERED);
			assertThat(shown(ai.stream(REQUEST).collectList().block(PATIENCE))).isEqualTo("Like this.");
		}
		assertThat(ai.status().endpoints().get(0).available()).isTrue();
	}

	/** Anthropic and Gemini have no refusal but the one that cuts an answer. */
	private static List<Outcome> refusals(String api) {
		boolean openAi = api.equals("openai") || api.equals("responses");
		return openAi ? List.of(DECLINES, CUT, FILTERED) : List.of(CUT, FILTERED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "responses", "anthropic", "gemini" })
	void whatWasDeliveredIsWithdrawn(String api) {
		AiFallbackTemplate ai = template(api, FailureKind.REFUSED);
		this.primary.always(CUT);
		this.backup.always(ANSWERS);
		List<ChatEvent> events = ai.stream(REQUEST).collectList().block(PATIENCE);
		assertThat(events).filteredOn(ChatEvent.EndpointSwitched.class::isInstance)
			.singleElement()
			.satisfies((event) -> {
				ChatEvent.EndpointSwitched switched = (ChatEvent.EndpointSwitched) event;
				assertThat(switched.discardPrevious()).isTrue();
				assertThat(switched.reason()).isEqualTo(FailureKind.REFUSED);
			});
		assertThatExceptionOfType(StreamInterruptedException.class).as("text cannot be taken back")
			.isThrownBy(() -> ai.streamText(REQUEST).blockLast(PATIENCE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "responses" })
	void wordsOfARefusalAreHeldBack(String api) {
		AiFallbackTemplate ai = template(api, FailureKind.REFUSED);
		this.primary.always(DECLINES);
		this.backup.always(ANSWERS);
		List<ChatEvent> events = ai.stream(REQUEST).collectList().block(PATIENCE);
		assertThat(events).extracting(ChatEvent::type)
			.containsSubsequence(ChatEvent.Type.ATTEMPT_STARTED, ChatEvent.Type.ENDPOINT_SWITCHED,
					ChatEvent.Type.ATTEMPT_STARTED, ChatEvent.Type.CONTENT_DELTA)
			.doesNotContainSubsequence(ChatEvent.Type.CONTENT_DELTA, ChatEvent.Type.ENDPOINT_SWITCHED);
		assertThat(ai.streamText(REQUEST).collectList().block(PATIENCE)).containsExactly("Like", " this.");
	}

	@Test
	void firstRefusalIsTheAnswerIfNoModelAnswers() {
		AiFallbackTemplate ai = template("openai", FailureKind.REFUSED);
		this.primary.always(DECLINES);
		for (Outcome outcome : List.of(Outcome.answer(Answer.refusal("Never.")), Outcome.status(503))) {
			this.backup.always(outcome);
			ChatResponse whole = ai.chat(REQUEST).block(PATIENCE);
			assertThat(whole).isNotNull();
			assertThat(whole.text()).isEqualTo("I cannot help with that.");
			assertThat(whole.finishReason()).isEqualTo(FinishReason.REFUSAL);
			assertThat(whole.endpoint()).isEqualTo("primary");
			assertThat(whole.attempts()).extracting(Attempt::endpoint).containsExactly("primary", "backup");
			assertThat(shown(ai.stream(REQUEST).collectList().block(PATIENCE))).isEqualTo("I cannot help with that.");
			assertThat(String.join("", ai.streamText(REQUEST).collectList().block(PATIENCE)))
				.isEqualTo("I cannot help with that.");
		}
	}

	@Test
	void withdrawnTextIsNeverAnAnswer() {
		AiFallbackTemplate ai = template("anthropic", FailureKind.REFUSED);
		this.primary.always(CUT);
		this.backup.always(Outcome.status(503));
		assertThatExceptionOfType(AllEndpointsFailedException.class).as("the caller was told to discard it")
			.isThrownBy(() -> ai.stream(REQUEST).blockLast(PATIENCE));
		assertThatExceptionOfType(StreamInterruptedException.class)
			.isThrownBy(() -> ai.streamText(REQUEST).blockLast(PATIENCE));
	}

	@Test
	void refusalsAreAnswersByDefault() {
		AiFallbackTemplate ai = template("openai");
		this.primary.always(DECLINES);
		ChatResponse declined = ai.chat(REQUEST).block(PATIENCE);
		assertThat(declined).isNotNull();
		assertThat(declined.finishReason()).isEqualTo(FinishReason.REFUSAL);
		this.primary.always(CUT);
		assertThat(ai.stream(REQUEST).blockLast(PATIENCE)).isInstanceOf(ChatEvent.Completed.class);
		assertThat(this.backup.requestCount()).isZero();
	}

	@Test
	void refusalsSayNothingAboutHealth() {
		AiFallbackTemplate ai = template("openai", FailureKind.REFUSED);
		this.primary.always(DECLINES);
		this.backup.always(ANSWERS);
		for (int call = 0; call < 12; call++) {
			ai.chat(REQUEST).block(PATIENCE);
		}
		assertThat(this.primary.requestCount()).isEqualTo(12);
	}

	@Test
	void listOfRefusalsAloneKeepsTheFailover() {
		AiFallbackTemplate ai = template("openai", FailureKind.REFUSED);
		this.primary.always(Outcome.status(500));
		this.backup.always(ANSWERS);
		assertThat(ai.chat(REQUEST).block(PATIENCE)).isNotNull();
	}

	/** What a page shows in the end. */
	private static String shown(List<ChatEvent> events) {
		StringBuilder text = new StringBuilder();
		for (ChatEvent event : events) {
			if (event instanceof ChatEvent.ContentDelta delta) {
				text.append(delta.text());
			}
			else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
				text.setLength(0);
			}
		}
		ChatEvent.Completed completed = (ChatEvent.Completed) events.get(events.size() - 1);
		assertThat(completed.response().text()).isEqualTo(text.toString());
		return text.toString();
	}

	private AiFallbackTemplate template(String api, FailureKind... fallbackOn) {
		CallSettings.Builder settings = CallSettings.builder();
		if (fallbackOn.length > 0) {
			settings.fallbackOn(EnumSet.copyOf(Set.of(fallbackOn)));
		}
		AiFallbackTemplate ai = AiFallbackTemplate.builder()
			.endpoint(endpoint("primary", api, this.primary))
			.endpoint(endpoint("backup", api, this.backup))
			.settings(settings.build())
			.listeners(List.of())
			.build();
		this.templates.add(ai);
		return ai;
	}

	private static Endpoint endpoint(String name, String api, ProviderSimulator simulator) {
		boolean responses = api.equals("responses");
		return Endpoint.named(name)
			.provider(responses ? "openai" : api)
			.url(URI.create(simulator.url() + (responses ? "/responses" : "")))
			.model("model")
			.build();
	}

}
