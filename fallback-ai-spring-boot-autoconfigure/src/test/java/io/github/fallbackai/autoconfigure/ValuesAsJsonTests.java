// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.Segment;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.status.Spending;
import org.junit.jupiter.api.Test;

import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications answer with these values as JSON, keep them and read them back.
 */
class ValuesAsJsonTests {

	private static final CallInfo CALL = new CallInfo("1", "default", null);

	private static final Failure QUOTING = Failure.of(FailureKind.OVERLOADED).providerMessage("the prompt").build();

	private final ObjectMapper mapper = Jackson2ObjectMapperBuilder.json()
		.featuresToDisable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.build();

	@Test
	void anAnswer() throws JsonProcessingException {
		assertJson(answer(), """
				{"text":"Hello","reasoning":"Hm.",
				"toolCalls":[{"id":"call-1","name":"weather","arguments":"{}"}],
				"annotations":[{"type":"url_citation","url":"https://example.org","title":null,"json":"{}"}],
				"finishReason":"TOOL_CALLS","rawFinishReason":"tool_calls",
				"usage":{"inputTokens":12,"outputTokens":7,"cachedInputTokens":4,"reasoningTokens":null},
				"cost":{"amount":0.5,"estimated":true},"id":"id-1","endpoint":"backup","model":"small",
				"chain":"default","degraded":true,
				"segments":[{"endpoint":"backup","model":"small","length":5}],
				"attempts":[{"number":1,"endpoint":"primary","model":"large","outcome":"FAILED",
				"failure":"OVERLOADED","httpStatus":503,"providerCode":"busy","providerRequestId":"req-1",
				"duration":"PT0.007S","timeToFirstContent":null,"usage":null,"cost":null,"tokens":0,"reconnected":true,
				"corrections":["without seed"]},
				{"number":2,"endpoint":"backup","model":"small","outcome":"SUCCEEDED",
				"failure":null,"httpStatus":200,"providerCode":null,"providerRequestId":null,
				"duration":"PT0.02S","timeToFirstContent":"PT0.009S",
				"usage":{"inputTokens":12,"outputTokens":7,"cachedInputTokens":4,"reasoningTokens":null},
				"cost":{"amount":0.5,"estimated":true},"tokens":19,"reconnected":false,"corrections":[]}]}
				""");
	}

	@Test
	void aStatus() throws JsonProcessingException {
		String endpoint = """
				{"name":"primary","provider":"openai","model":"large","available":false,"circuitBreaker":"CLOSED",
				"skipReason":"COOLING_DOWN","skipRemaining":"PT3S","lastFailure":"RATE_LIMITED",
				"spending":{"spent":1,"reserved":10,"limit":{"amount":20,"period":"PT24H"},"renewsIn":"PT2H"},
				"refusing":false,"unmetNeeds":[]}
				""";
		String inChain = "{\"name\":\"default\",\"active\":null,\"degraded\":true,\"endpoints\":[" + endpoint + "]}";
		assertJson(status(), "{\"version\":3,\"defaultChain\":" + inChain + ",\"chains\":[" + inChain
				+ "],\"lastServedBy\":\"backup\"}");
	}

	@Test
	void whatAConversationConsistsOf() throws JsonProcessingException {
		assertJson(new SystemMessage("Be brief."), "{\"text\":\"Be brief.\"}");
		assertJson(new AssistantMessage("Hm.", List.of(new ToolCall("call-1", "weather", "{}"))),
				"{\"text\":\"Hm.\",\"toolCalls\":[{\"id\":\"call-1\",\"name\":\"weather\",\"arguments\":\"{}\"}]}");
		assertJson(new ToolResultMessage("call-1", "Sun"), "{\"toolCallId\":\"call-1\",\"content\":\"Sun\"}");
		assertJson(new TextPart("Hi"), "{\"text\":\"Hi\"}");
		assertJson(new ImagePart(URI.create("https://localhost/a.png")), "{\"uri\":\"https://localhost/a.png\"}");
		assertJson(new ToolDefinition("weather", "", "{}"),
				"{\"name\":\"weather\",\"description\":\"\",\"parametersSchema\":\"{}\"}");
		assertThat(this.mapper.writeValueAsString(new UserMessage(List.of(new TextPart("Hi")))))
			.isEqualTo("{\"parts\":[{\"text\":\"Hi\"}]}");
	}

	@Test
	void whatAModelWantsBack() throws JsonProcessingException {
		ProviderState state = new ProviderState("claude", "anthropic", "{}");
		String json = "{\"modelGroup\":\"claude\",\"format\":\"anthropic\",\"json\":\"{}\"}";
		AssistantMessage message = thoughtful(state);
		String written = "{\"text\":\"Hm.No.\",\"toolCalls\":[{\"id\":\"call-1\",\"name\":\"weather\",\"arguments\":\"{}\","
				+ "\"state\":" + json
				+ "}],\"parts\":[{\"type\":\"reasoning\",\"text\":\"Think.\",\"signature\":\"c2ln\"," + "\"state\":"
				+ json + "},{\"type\":\"text\",\"text\":\"Hm.\"},{\"type\":\"refusal\",\"text\":\"No.\"},"
				+ "{\"type\":\"tool-call\",\"id\":\"call-1\",\"name\":\"weather\",\"arguments\":\"{}\",\"state\":"
				+ json + "}],\"state\":" + json + "}";
		assertJson(message, written);
		ChatResponse response = answer().toBuilder().message(message).build();
		ChatResponse read = this.mapper.readValue(this.mapper.writeValueAsString(response), ChatResponse.class);
		assertThat(read).isEqualTo(response);
		assertThat(read.toMessage()).isEqualTo(message);
		assertThat(response.toBuilder().text("Other").build().toMessage().text()).isEqualTo("Other");
	}

	@Test
	void roundsOfTools() throws JsonProcessingException {
		ToolCall call = new ToolCall("call-1", "weather", "{}");
		ToolResultMessage result = new ToolResultMessage("call-1", "Sun");
		ChatResponse response = answer().toBuilder()
			.earlierMessages(List.of(new AssistantMessage("", List.of(call)), result))
			.build();
		ChatResponse read = this.mapper.readValue(this.mapper.writeValueAsString(response), ChatResponse.class);
		assertThat(read).isEqualTo(response).isNotEqualTo(answer());
		assertThat(read.toMessages()).hasSize(3).contains(result);
		assertThat(read.toBuilder().build()).isEqualTo(response);
		assertJson(new ToolProgress.Finished(
				new ToolExecution(2, call, ToolExecution.Outcome.SUCCEEDED, "Sun", Duration.ofMillis(5))), """
						{"execution":{"round":2,"toolCall":{"id":"call-1","name":"weather","arguments":"{}"},
						"outcome":"SUCCEEDED","result":"Sun","duration":"PT0.005S"}}
						""");
	}

	@Test
	void marksForTheCache() throws JsonProcessingException {
		String mark = "\"cacheControl\":{\"json\":\"{\\\"type\\\":\\\"ephemeral\\\"}\"}";
		TextPart text = new TextPart("Hi").withCacheControl(CacheControl.EPHEMERAL);
		assertJson(text, "{\"text\":\"Hi\"," + mark + "}");
		assertJson(new SystemMessage(List.of(text)), "{\"text\":\"Hi\",\"parts\":[{\"text\":\"Hi\"," + mark + "}]}");
		assertJson(new ToolResultMessage("call-1", "Sun").withCacheControl(CacheControl.EPHEMERAL),
				"{\"toolCallId\":\"call-1\",\"content\":\"Sun\"," + mark + "}");
		assertJson(new ImagePart(URI.create("data:,")).withCacheControl(CacheControl.EPHEMERAL),
				"{\"uri\":\"data:,\"," + mark + "}");
		assertJson(new ToolDefinition("weather", "", "{}").withCacheControl(CacheControl.EPHEMERAL),
				"{\"name\":\"weather\",\"description\":\"\",\"parametersSchema\":\"{}\"," + mark + "}");
	}

	private static AssistantMessage thoughtful(ProviderState state) {
		return new AssistantMessage(List.of(new ReasoningPart("Think.", "c2ln", null, state), new TextPart("Hm."),
				new RefusalPart("No.", null), new ToolCall("call-1", "weather", "{}").withState(state)), state);
	}

	@Test
	void eventsOfAStream() throws JsonProcessingException {
		assertJson(new ChatEvent.AttemptStarted(1, "primary", "large"),
				"{\"number\":1,\"endpoint\":\"primary\",\"model\":\"large\"}");
		assertJson(switched(), "{\"from\":\"primary\",\"to\":\"backup\",\"model\":\"small\","
				+ "\"reason\":\"OVERLOADED\",\"discardPrevious\":true}");
		assertJson(new ChatEvent.ContentDelta("Hi"), "{\"text\":\"Hi\"}");
	}

	private static ChatEvent.EndpointSwitched switched() {
		return new ChatEvent.EndpointSwitched("primary", "backup", "small", FailureKind.OVERLOADED, true);
	}

	@Test
	void eventsOfACall() throws JsonProcessingException {
		String call = "{\"call\":{\"id\":\"1\",\"chain\":\"default\",\"useCase\":null,\"operation\":\"CHAT\"},";
		assertThat(this.mapper.writeValueAsString(ended()))
			.isEqualTo(call + "\"outcome\":\"SUCCEEDED\",\"endpoint\":\"backup\",\"model\":\"small\",\"degraded\":true,"
					+ "\"attempts\":2,\"duration\":\"PT0.012S\"}");
		FailoverEvent.Switched taken = new FailoverEvent.Switched(CALL, answer().attempts().get(0), "backup", "small",
				QUOTING);
		assertThat(this.mapper.writeValueAsString(taken)).startsWith(call + "\"from\":{\"number\":1,")
			.endsWith("},\"to\":\"backup\",\"model\":\"small\"}");
		assertThat(taken.toString()).doesNotContain("the prompt");
	}

	private static FailoverEvent.CallEnded ended() {
		return FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.SUCCEEDED)
			.endpoint("backup")
			.model("small")
			.degraded(true)
			.attempts(2)
			.duration(Duration.ofMillis(12))
			.build();
	}

	@Test
	void whatACallTriedAndPassedOver() throws JsonProcessingException {
		assertJson(new CallRecord("default", List.of(), List.of(skip())),
				"{\"chain\":\"default\",\"attempts\":[],\"skips\":[{\"endpoint\":\"local\",\"reason\":\"BREAKER_OPEN\","
						+ "\"cause\":null,\"remaining\":\"PT3S\",\"need\":null}]}");
	}

	private static Skip skip() {
		return new Skip("local", SkipReason.BREAKER_OPEN, null, Duration.ofSeconds(3));
	}

	@Test
	void everythingCountsWhenTwoAreCompared() throws ReflectiveOperationException {
		assertEveryFieldCounts(() -> answer().toBuilder().build());
		assertEveryFieldCounts(() -> answer().attempts().get(0).toBuilder().build());
		assertEveryFieldCounts(() -> answer().attempts().get(1).toBuilder().build());
		assertEveryFieldCounts(() -> new Usage(1, 2, 3L, null));
		assertEveryFieldCounts(() -> new Cost(BigDecimal.ONE, true));
		assertEveryFieldCounts(() -> new Segment("primary", "large", 5));
		assertEveryFieldCounts(ValuesAsJsonTests::skip);
		assertEveryFieldCounts(() -> new CallRecord("default", List.of(), List.of()));
		assertEveryFieldCounts(() -> status().toBuilder().build());
		assertEveryFieldCounts(() -> status().defaultChain().toBuilder().build());
		assertEveryFieldCounts(() -> status().defaultChain().endpoints().get(0).toBuilder().build());
		assertEveryFieldCounts(() -> new Spending(BigDecimal.ONE, BigDecimal.ONE,
				new SpendLimit(BigDecimal.TEN, Duration.ofDays(1)), Duration.ofHours(1)));
	}

	@Test
	void everythingSaidCountsWhenTwoAreCompared() throws ReflectiveOperationException {
		assertEveryFieldCounts(() -> new ChatEvent.AttemptStarted(1, "primary", "large"));
		assertEveryFieldCounts(ValuesAsJsonTests::switched);
		assertEveryFieldCounts(ValuesAsJsonTests::ended);
		assertEveryFieldCounts(
				() -> new FailoverEvent.Switched(CALL, answer().attempts().get(0), "backup", "small", QUOTING));
		assertEveryFieldCounts(() -> new ToolCall("call-1", "weather", "{}"));
		assertEveryFieldCounts(() -> new ToolDefinition("weather", "", "{}"));
		assertEveryFieldCounts(() -> new SystemMessage("Be brief."));
		assertEveryFieldCounts(() -> new UserMessage(List.of(new TextPart("Hi"))));
		assertEveryFieldCounts(() -> new AssistantMessage("Hm.", List.of()));
		assertEveryFieldCounts(() -> thoughtful(new ProviderState("claude", "anthropic", "{}")));
		assertEveryFieldCounts(() -> new ReasoningPart("Think.", null, null, null));
		assertEveryFieldCounts(() -> new RefusalPart("No.", null));
		assertEveryFieldCounts(() -> new ProviderState(null, "anthropic", "{}"));
		assertEveryFieldCounts(() -> new CacheControl("{}"));
		assertEveryFieldCounts(() -> new ToolResultMessage("call-1", "Sun"));
		assertEveryFieldCounts(() -> new TextPart("Hi"));
		assertEveryFieldCounts(() -> new ImagePart(URI.create("https://localhost/a.png")));
	}

	@Test
	void textNeverShowsTheAnswer() {
		assertThat(answer())
			.hasToString("ChatResponse[5 characters, endpoint=backup, model=small, degraded=true, attempts=2]");
		assertThat(answer().attempts().get(1)).hasToString("Attempt[number=2, endpoint=backup, model=small, "
				+ "outcome=SUCCEEDED, failure=null, httpStatus=200, providerCode=null, providerRequestId=null, "
				+ "duration=PT0.02S, timeToFirstContent=PT0.009S, usage=Usage[inputTokens=12, outputTokens=7, "
				+ "cachedInputTokens=4, reasoningTokens=null, cacheWriteTokens=null], cost=Cost[amount=0.5, estimated=true], "
				+ "tokens=19, reconnected=false, corrections=[], choice=null]");
	}

	private static <T> void assertEveryFieldCounts(Supplier<T> copies) throws ReflectiveOperationException {
		assertThat(copies.get()).isEqualTo(copies.get()).hasSameHashCodeAs(copies.get());
		for (Field field : copies.get().getClass().getDeclaredFields()) {
			if (Modifier.isStatic(field.getModifiers())) {
				continue;
			}
			T changed = copies.get();
			field.setAccessible(true);
			field.set(changed, other(field.getType(), field.get(changed)));
			assertThat(changed).as("%s", field).isNotEqualTo(copies.get());
		}
	}

	private static Object other(Class<?> type, Object value) {
		if (type == boolean.class) {
			return !((Boolean) value);
		}
		if (type == int.class) {
			return (Integer) value + 1;
		}
		if (type == long.class) {
			return (Long) value + 1;
		}
		if (value instanceof List<?> list) {
			return list.isEmpty() ? List.of("more") : List.of();
		}
		Object sample = type.isEnum() ? type.getEnumConstants()[0] : samples().get(type);
		Object second = type.isEnum() ? type.getEnumConstants()[1] : null;
		return sample.equals(value) ? second : sample;
	}

	private static Map<Class<?>, Object> samples() {
		ChainStatus chain = ChainStatus.builder().name("more").build();
		Object address = ReflectionTestUtils.getField(new ImagePart(URI.create("data:,")), "uri");
		return Map.ofEntries(Map.entry(String.class, "more"), Map.entry(Integer.class, 1), Map.entry(Long.class, 77L),
				Map.entry(Duration.class, Duration.ofDays(7)), Map.entry(BigDecimal.class, new BigDecimal("77")),
				Map.entry(CallInfo.class, new CallInfo("2", "default", null)),
				Map.entry(Attempt.class, answer().attempts().get(1)),
				Map.entry(AiFallbackException.class,
						new AllEndpointsFailedException(new CallRecord("default", List.of(), List.of()))),
				Map.entry(Failure.class, Failure.of(FailureKind.TIMED_OUT).build()),
				Map.entry(address.getClass(), address), Map.entry(Usage.class, new Usage(1, 1, null, null)),
				Map.entry(Cost.class, Cost.NOTHING), Map.entry(CacheControl.class, CacheControl.EPHEMERAL),
				Map.entry(ProviderState.class, new ProviderState(null, "other", "{}")),
				Map.entry(AssistantMessage.class, new AssistantMessage("more", List.of())),
				Map.entry(ChainStatus.class, chain),
				Map.entry(EndpointStatus.class,
						EndpointStatus.builder().name("more").provider("own").model("small").build()),
				Map.entry(SpendLimit.class, new SpendLimit(BigDecimal.ONE, Duration.ofDays(7))),
				Map.entry(Spending.class, new Spending(BigDecimal.ONE, BigDecimal.ONE,
						new SpendLimit(BigDecimal.ONE, Duration.ofDays(7)), Duration.ofHours(1))));
	}

	private static ChatResponse answer() {
		Usage usage = new Usage(12, 7, 4L, null);
		Cost cost = new Cost(new BigDecimal("0.5"), true);
		Attempt failed = Attempt.builder()
			.endpoint("primary")
			.model("large")
			.outcome(AttemptOutcome.FAILED)
			.failure(FailureKind.OVERLOADED)
			.httpStatus(503)
			.providerCode("busy")
			.providerRequestId("req-1")
			.duration(Duration.ofMillis(7))
			.reconnected(true)
			.corrections(List.of("without seed"))
			.build();
		Attempt succeeded = Attempt.builder()
			.number(2)
			.endpoint("backup")
			.model("small")
			.outcome(AttemptOutcome.SUCCEEDED)
			.httpStatus(200)
			.duration(Duration.ofMillis(20))
			.timeToFirstContent(Duration.ofMillis(9))
			.usage(usage)
			.cost(cost)
			.build();
		return ChatResponse.builder()
			.text("Hello")
			.reasoning("Hm.")
			.toolCalls(List.of(new ToolCall("call-1", "weather", "{}")))
			.annotations(List.of(new Annotation("url_citation", "https://example.org", null, "{}")))
			.finishReason(FinishReason.TOOL_CALLS)
			.rawFinishReason("tool_calls")
			.usage(usage)
			.cost(cost)
			.id("id-1")
			.endpoint("backup")
			.model("small")
			.degraded(true)
			.segments(List.of(new Segment("backup", "small", 5)))
			.attempts(List.of(failed, succeeded))
			.build();
	}

	private static FallbackStatus status() {
		EndpointStatus primary = EndpointStatus.builder()
			.name("primary")
			.provider("openai")
			.model("large")
			.available(false)
			.skipReason(SkipReason.COOLING_DOWN)
			.skipRemaining(Duration.ofSeconds(3))
			.lastFailure(FailureKind.RATE_LIMITED)
			.spending(new Spending(BigDecimal.ONE, BigDecimal.TEN,
					new SpendLimit(new BigDecimal("20"), Duration.ofDays(1)), Duration.ofHours(2)))
			.build();
		ChainStatus chain = ChainStatus.builder().degraded(true).endpoints(List.of(primary)).build();
		return FallbackStatus.builder()
			.version(3)
			.defaultChain(chain)
			.chains(List.of(chain))
			.lastServedBy("backup")
			.build();
	}

	private void assertJson(Object value, String expected) throws JsonProcessingException {
		String json = this.mapper.writeValueAsString(value);
		assertThat(json).isEqualTo(expected.replace("\n", "").replace("\t", ""));
		assertThat(this.mapper.readValue(json, value.getClass())).isEqualTo(value);
	}

}
