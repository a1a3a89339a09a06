// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.springai.WeatherProgram.Assistant;
import io.github.fallbackai.springai.WeatherProgram.Forecast;
import io.github.fallbackai.springai.WeatherProgram.Weather;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of Spring AI, unchanged, whose primary provider dies at any moment. The tests
 * of Spring Boot 4 run this class as it is, with Spring AI 2.
 */
@Tag("slow")
class ChatClientProgramTests {

	private static final String YAML = """
			spring:
			  main:
			    web-application-type: none
			    banner-mode: off
			fallback:
			  ai:
			    state-store:
			      type: memory
			    endpoints:
			      - name: primary
			        provider: anthropic
			        url: %s
			        model: large
			        api-key: sk-test-of-primary
			      - name: backup
			        url: %s
			        model: small
			        api-key: sk-test-of-backup
			""";

	private static final String QUESTION = "How is the weather in Oslo, number %d?";

	private static final String ANSWER = "It rains in Oslo, so take an umbrella with you today.";

	private static final String BEFORE = "I look out of the window in Oslo.";

	private static final String THANKS = "You are welcome, and do not get wet.";

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** Fewer than any answer here has. */
	private static final int MIN_EVENTS = 12;

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.create();

	private static ConfigurableApplicationContext program;

	private final Assistant assistant = program.getBean(Assistant.class);

	private final Weather weather = program.getBean(Weather.class);

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		Path yaml = Files.writeString(directory.resolve("application.yaml"),
				YAML.formatted(primary.url(), backup.url()));
		program = SpringApplication.run(WeatherProgram.class, "--spring.config.location=" + yaml.toUri());
	}

	@AfterAll
	static void stop() {
		program.close();
	}

	@BeforeEach
	void prepare() {
		program.getBean(EndpointControl.class).reset("primary").block();
		this.weather.calls.set(0);
		for (ProviderSimulatorExtension provider : List.of(primary, backup)) {
			provider.clear();
			provider.rules(ProviderRules.STRICT);
			provider.answers((request) -> thanks(request) ? THANKS : ANSWER);
			provider.script(ChatClientProgramTests::outcome);
		}
	}

	/** Until an event that its answer does not have, so that it is not cut any more. */
	@ParameterizedTest
	@EnumSource
	void streamsOneSeamlessAnswerAfterWhicheverEventThePrimaryDies(Round round) {
		int events = 0;
		boolean cut = true;
		while (cut) {
			prepare();
			int last = events++;
			primary.script((request) -> round.cuts(request) ? outcome(request).cutAfterEvents(last) : outcome(request));
			String conversation = "stream" + round + last;
			assertThat(this.assistant.stream(conversation, QUESTION.formatted(last))).as("event %d", last)
				.isEqualTo(ANSWER);
			assertThat(this.weather.calls).as("event %d", last).hasValue(1);
			cut = primary.requests().stream().anyMatch((request) -> request.awaitEnding(PATIENCE) != Ending.COMPLETED);
			assertThat(this.assistant.stream(conversation, "Thanks")).isEqualTo(THANKS);
			remembers(QUESTION.formatted(last));
		}
		assertThat(events).isBetween(MIN_EVENTS, 2 * MIN_EVENTS);
	}

	/**
	 * What was streamed stays. If the call behind it is lost, the backup says it anew.
	 */
	@Test
	void survivesAfterWhicheverEventThePrimaryDiesIfItSpeaksBeforeATool() {
		int events = 0;
		boolean cut = true;
		while (cut) {
			prepare();
			backup.script(ChatClientProgramTests::spoken);
			int last = events++;
			primary
				.script((request) -> Round.TOOL.cuts(request) ? spoken(request).cutAfterEvents(last) : spoken(request));
			assertThat(this.assistant.stream("spoken" + last, QUESTION.formatted(last))).as("event %d", last)
				.contains(BEFORE)
				.containsOnlyOnce(ANSWER)
				.endsWith(ANSWER);
			assertThat(this.weather.calls).as("event %d", last).hasValue(1);
			cut = primary.requests().stream().anyMatch((request) -> request.awaitEnding(PATIENCE) != Ending.COMPLETED);
			assertThat(this.assistant.stream("spoken" + last, "Thanks")).isEqualTo(THANKS);
		}
		assertThat(events).isGreaterThan(MIN_EVENTS);
	}

	/** Not streamed, a provider sends its answer when it has all of it. */
	@ParameterizedTest
	@EnumSource
	void callsWithoutNoticingThatThePrimaryDies(Round round) {
		primary.script((request) -> round.cuts(request) ? outcome(request).cutAfterTokens(1) : outcome(request));
		assertThat(this.assistant.call("call" + round, QUESTION.formatted(1))).isEqualTo(ANSWER);
		assertThat(this.weather.calls).hasValue(1);
		assertThat(backup.requestCount()).isEqualTo((round != Round.EACH) ? 1 : 2);
		assertThat(this.assistant.call("call" + round, "Thanks")).isEqualTo(THANKS);
		remembers(QUESTION.formatted(1));
	}

	/** The simulator refuses a result whose signed thoughts did not come back. */
	@Test
	void returnsTheThoughtsThatLedToATool() {
		assertThat(this.assistant.call("thoughts", QUESTION.formatted(1))).isEqualTo(ANSWER);
		assertThat(this.assistant.stream("thoughts", QUESTION.formatted(2))).isEqualTo(ANSWER);
		assertThat(primary.requests()).hasSize(4).extracting(RecordedRequest::refusal).containsOnlyNulls();
		assertThat(primary.requests().get(1).body().toString()).contains("\"signature\"", "Rain in Oslo");
		assertThat(primary.requests().get(3).body().toString()).contains("\"signature\"", "Rain in Oslo");
		assertThat(backup.requests()).isEmpty();
	}

	@Test
	void readsAStructuredAnswer() {
		primary.always(Outcome.status(529));
		backup.script((request) -> Outcome.answer("{\"city\":\"Oslo\",\"weather\":\"rain\"}"));
		assertThat(this.assistant.forecast("Oslo?")).isEqualTo(new Forecast("Oslo", "rain"));
	}

	@Test
	void tellsUsageFinishReasonAndWhoAnswered() {
		primary.always(Outcome.status(503));
		ChatResponse response = this.assistant.response("metadata", QUESTION.formatted(1));
		assertThat(response.getResult().getMetadata().getFinishReason()).isEqualTo("STOP");
		assertThat(response.getMetadata().getModel()).isEqualTo("small");
		assertThat(response.getMetadata().getUsage().getPromptTokens()).isPositive();
		assertThat(response.getMetadata().getUsage().getCompletionTokens()).isPositive();
		String endpoint = response.getMetadata().get("fallbackAiEndpoint");
		assertThat(endpoint).isEqualTo("backup");
		Boolean degraded = response.getMetadata().get("fallbackAiDegraded");
		assertThat(degraded).isTrue();
	}

	@Test
	void isThePrimaryOneOfSeveralModels() {
		assertThat(program.getBeansOfType(ChatModel.class)).containsOnlyKeys("fallbackAiSpringAiChatModel",
				"otherModel");
		assertThat(program.getBean(ChatModel.class)).isInstanceOf(FallbackChatModel.class);
	}

	private static void remembers(String question) {
		String asked = Stream.of(primary, backup)
			.flatMap((provider) -> provider.requests().stream())
			.filter(ChatClientProgramTests::thanks)
			.map((request) -> request.body().toString())
			.reduce((first, second) -> second)
			.orElseThrow();
		assertThat(asked).containsOnlyOnce("You are brief.").containsOnlyOnce(question).containsOnlyOnce(ANSWER);
	}

	/** Asks for the tool first, and answers when its result is there. */
	private static Outcome outcome(RecordedRequest request) {
		return (Round.of(request) == Round.ANSWER || thanks(request)) ? Outcome.healthy()
				: Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Oslo\"}"))
					.withReasoning("The weather is what they want to know."));
	}

	private static Outcome spoken(RecordedRequest request) {
		return (Round.of(request) == Round.ANSWER || thanks(request)) ? Outcome.healthy()
				: Outcome.answer(Answer.text(BEFORE).withToolCalls(ToolCall.of("weather", "{\"city\":\"Oslo\"}")));
	}

	private static boolean thanks(RecordedRequest request) {
		return request.body().toString().contains("\"Thanks");
	}

	/**
	 * In which requests of an answer the primary dies.
	 */
	enum Round {

		/** The one that asks for the tool. */
		TOOL,
		/** The one that has its result. */
		ANSWER,
		/** Both. */
		EACH;

		static Round of(RecordedRequest request) {
			JsonNode messages = request.body().path("messages");
			for (int i = messages.size() - 1; i >= 0 && !messages.get(i).toString().contains("How is"); i--) {
				if (messages.get(i).toString().contains("Rain in Oslo")) {
					return ANSWER;
				}
			}
			return TOOL;
		}

		boolean cuts(RecordedRequest request) {
			return !thanks(request) && (this == EACH || of(request) == this);
		}

	}

}
