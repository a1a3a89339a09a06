// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.Answer;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.structured.StructuredOutput;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Answers as values of a record, over sockets.
 */
class StructuredAnswersTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final String VALID = """
			{"city":"Oslo","sky":"CLEAR","hours":[{"hour":9,"degrees":-3.5}],"note":null,"more":1}""";

	private static final Forecast FORECAST = new Forecast("Oslo", Sky.CLEAR, List.of(new Hour(9, -3.5)), null);

	private static final String REFUSAL = """
			{"error":{"message":"This response_format type is unavailable now","type":"invalid_request_error"}}""";

	private final ProviderSimulator primary = ProviderSimulator.create().start();

	private final ProviderSimulator backup = ProviderSimulator.create().start();

	private AiFallbackTemplate ai = AiFallbackTemplate.builder()
		.endpoint(endpoint("primary", this.primary, Capability.DEFAULTS.toArray(Capability[]::new)))
		.endpoint(endpoint("backup", this.backup, Capability.TOOLS))
		.build();

	@AfterEach
	void stop() {
		this.ai.close();
		this.primary.close();
		this.backup.close();
	}

	@Test
	void followTheSchemaOfTheType() {
		this.primary.always(Outcome.answer(VALID));
		Answer<Forecast> answer = ask(ChatRequest.of("The weather?"));
		assertThat(answer.value()).isEqualTo(FORECAST);
		assertThat(answer.response().text()).isEqualTo(VALID);
		assertThat(answer.toString()).doesNotContain("Oslo");
		JsonNode format = this.primary.requests().get(0).body().path("response_format");
		assertThat(format.at("/type").asText()).isEqualTo("json_schema");
		assertThat(format.at("/json_schema/name").asText()).isEqualTo("Forecast");
		JsonNode schema = format.at("/json_schema/schema");
		assertThat(schema.at("/properties").fieldNames()).toIterable().containsExactly("city", "sky", "hours", "note");
		assertThat(schema.at("/properties/city/description").asText()).isEqualTo("Name of the city");
		assertThat(schema.at("/properties/sky/enum")).hasToString("[\"CLEAR\",\"CLOUDED\"]");
		assertThat(schema.at("/required")).hasToString("[\"city\",\"sky\",\"hours\"]");
		assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "The sky is clear.", "{\"city\":\"Oslo\",\"sky\":\"CLEAR\",\"hours\":[", "[]", "null",
			"{\"city\":\"Oslo\",\"hours\":[]}", "{\"city\":null,\"sky\":\"CLEAR\",\"hours\":[]}",
			"{\"city\":\"Oslo\",\"sky\":\"GREEN\",\"hours\":[]}", "{\"city\":\"Oslo\",\"sky\":1,\"hours\":[]}",
			"{\"city\":\"Oslo\",\"sky\":\"CLEAR\",\"hours\":[{\"hour\":9}]}",
			"{\"city\":\"Oslo\",\"sky\":\"CLEAR\",\"hours\":[{\"hour\":99,\"degrees\":1}]}" })
	void thatAreNotValidGoOnToTheNextEndpoint(String invalid) {
		this.primary.always(Outcome.answer(invalid));
		this.backup.always(Outcome.answer("```json\n" + VALID + "\n```"));
		Answer<Forecast> answer = ask(ChatRequest.of("The weather?"));
		assertThat(answer.value()).isEqualTo(FORECAST);
		assertThat(answer.response().attempts()).extracting(Attempt::failure)
			.containsExactly(FailureKind.REJECTED, null);
	}

	@Test
	void areWantedInWordsWhereSchemasAreNotSupported() {
		this.primary.always(Outcome.status(500));
		this.backup.always(Outcome.answer(VALID));
		ask(ChatRequest.builder().system("Be brief.").user("The weather?").build());
		JsonNode body = this.backup.requests().get(0).body();
		assertThat(body.at("/response_format/type").asText()).isEqualTo("json_object");
		assertThat(body.at("/messages")).hasSize(2);
		assertThat(body.at("/messages/0/content").asText()).startsWith("Be brief.\n\n")
			.contains("JSON schema", "\"Name of the city\"");
	}

	@Test
	void areWantedInWordsAloneWhereTheProviderHasNoJsonMode() {
		try (AiFallbackTemplate anthropic = AiFallbackTemplate.builder()
			.endpoint(Endpoint.named("primary")
				.provider("anthropic")
				.url(URI.create(this.primary.url()))
				.model("any")
				.capabilities(EnumSet.of(Capability.TOOLS))
				.build())
			.build()) {
			this.primary.always(Outcome.answer(VALID));
			assertThat(anthropic.chatAs(ChatRequest.of("The weather?"), Forecast.class).block(LIMIT).value())
				.isEqualTo(FORECAST);
		}
		JsonNode body = this.primary.requests().get(0).body();
		assertThat(body.path("system").toString()).contains("JSON schema", "Name of the city");
		assertThat(body.has("response_format") || body.has("output_config")).isFalse();
	}

	@Test
	void mayFollowToolsThatAreNotOfferedAnyMore() {
		this.primary.always(Outcome.answer(VALID));
		ChatRequest request = ChatRequest.builder()
			.user("The weather?")
			.tool(new ToolDefinition("look", "Looks", "{}"))
			.toolChoice(ToolChoice.NONE)
			.build();
		assertThat(ask(request).value()).isEqualTo(FORECAST);
	}

	@Test
	void areWantedInASimplerFormWhereTheEndpointRefusesOne() {
		this.primary.script((request) -> request.body().has("response_format")
				? Outcome.raw(400, "application/json", REFUSAL) : Outcome.answer(VALID));
		Answer<Forecast> answer = ask(ChatRequest.of("The weather?"));
		assertThat(answer.value()).isEqualTo(FORECAST);
		assertThat(answer.response().endpoint()).isEqualTo("primary");
		assertThat(forms()).containsExactly("json_schema", "json_object", "");
		assertThat(ask(ChatRequest.of("And tomorrow?")).response().attempts()).hasSize(1);
		assertThat(forms()).hasSize(4);
	}

	@Test
	void mustPassTheCheckOfTheCallerToo() {
		this.primary.always(Outcome.answer(VALID));
		this.backup.always(Outcome.answer(VALID.replace("Oslo", "Rome")));
		ChatRequest request = ChatRequest.builder()
			.user("The weather?")
			.options(ChatOptions.DEFAULTS.withAccept((response) -> response.text().contains("Rome")))
			.build();
		assertThat(ask(request).value().city()).isEqualTo("Rome");
	}

	@Test
	void failTheCallIfNoneIsValid() {
		this.primary.always(Outcome.answer("secret words"));
		this.backup.always(Outcome.answer("secret words"));
		assertThatExceptionOfType(AllEndpointsFailedException.class)
			.isThrownBy(() -> ask(ChatRequest.of("The weather?")))
			.withMessageNotContaining("secret");
	}

	@Test
	void needATypeWithMembersAndARequestWithoutTools() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.ai.chatAs(ChatRequest.of("Hi"), String.class))
			.withMessageContaining("java.lang.String");
		ToolDefinition tool = new ToolDefinition("look", "Looks", "{}");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.ai.chatAs(ChatRequest.builder().user("Hi").tool(tool).build(), Forecast.class))
			.withMessageContaining("tools");
	}

	@Test
	void needTheGeneratorOfSchemas() throws Exception {
		URL[] others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("victools"))
			.map(StructuredAnswersTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
			Class<?> output = loader.loadClass(StructuredOutput.class.getName());
			assertThatExceptionOfType(InvocationTargetException.class)
				.isThrownBy(() -> output.getMethod("of", Class.class).invoke(null, Forecast.class))
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessageContaining("com.github.victools:jsonschema-generator");
		}
	}

	private List<String> forms() {
		return this.primary.requests()
			.stream()
			.map((request) -> request.body().at("/response_format/type").asText())
			.toList();
	}

	private Answer<Forecast> ask(ChatRequest request) {
		return this.ai.chatAs(request, Forecast.class).block(LIMIT);
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Endpoint endpoint(String name, ProviderSimulator server, Capability... capabilities) {
		return Endpoint.named(name)
			.provider("openai")
			.url(URI.create(server.url()))
			.model("any")
			.capabilities(EnumSet.copyOf(List.of(capabilities)))
			.build();
	}

	/** What the model is asked for. */
	record Forecast(@JsonPropertyDescription("Name of the city") String city, Sky sky, List<Hour> hours,
			@Nullable String note) {

	}

	/** One hour of it. */
	record Hour(int hour, double degrees) {

		Hour {
			if (hour > 23) {
				throw new IllegalArgumentException("hour");
			}
		}

	}

	enum Sky {

		CLEAR, CLOUDED

	}

}
