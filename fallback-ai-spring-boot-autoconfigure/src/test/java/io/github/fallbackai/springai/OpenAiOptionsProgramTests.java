// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.springai.WeatherProgram.Forecast;
import io.github.fallbackai.springai.WeatherProgram.Weather;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.AdvisorParams;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A program that keeps the options of OpenAI's model, whatever provider answers. The
 * tests of Spring Boot 4 run this class as it is, with Spring AI 2.
 */
@ExtendWith(OutputCaptureExtension.class)
class OpenAiOptionsProgramTests {

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
			      - name: %1$s
			        provider: %1$s
			        url: %2$s
			        model: large
			        api-key: sk-test-of-primary
			      - name: spare
			        provider: %1$s
			        url: %2$s
			        model: gpt-5-mini
			        api-key: sk-test-of-spare
			""";

	private static final String SCHEMA = """
			{"type":"object","properties":{"city":{"type":"string"},"weather":{"type":"string"}},
			"required":["city","weather"],"additionalProperties":false}""";

	private static final String JSON = "{\"city\":\"Oslo\",\"weather\":\"rain\"}";

	private static final List<String> PROVIDERS = List.of("openai", "anthropic");

	@RegisterExtension
	static final ProviderSimulatorExtension openai = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension anthropic = ProviderSimulatorExtension.create();

	private static final List<ConfigurableApplicationContext> programs = new ArrayList<>();

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		for (String provider : PROVIDERS) {
			Path yaml = Files.writeString(directory.resolve(provider + ".yaml"),
					YAML.formatted(provider, simulator(provider).url()));
			programs.add(SpringApplication.run(WeatherProgram.class, "--spring.config.location=" + yaml.toUri()));
		}
	}

	@AfterAll
	static void stop() {
		programs.forEach(ConfigurableApplicationContext::close);
	}

	@BeforeEach
	void prepare() {
		PROVIDERS.forEach((provider) -> {
			simulator(provider).clear();
			simulator(provider).rules(ProviderRules.STRICT);
			simulator(provider).script((request) -> Outcome.answer(JSON));
		});
	}

	@ParameterizedTest
	@CsvSource({ "openai, false", "openai, true", "anthropic, false", "anthropic, true" })
	void ofAChatClientDoNotBreakTheCall(String provider, boolean streamed) {
		Object options = set(OpenAiChatOptions.builder(), "temperature", 0.3);
		ChatClient.ChatClientRequestSpec question = client(provider, options);
		String answer = streamed ? String.join("", question.stream().content().collectList().block())
				: question.call().content();
		assertThat(answer).isEqualTo(JSON);
		assertThat(body(provider).path("temperature").asDouble()).isEqualTo(0.3);
	}

	/** With Spring AI 2, they have the name of that model then. */
	@ParameterizedTest
	@CsvSource({ "openai, false", "openai, true", "anthropic, false", "anthropic, true" })
	void withoutAModelAreForTheFirstEndpointAlthoughAnotherOneHasTheUsualModel(String provider, boolean streamed) {
		ask(provider, set(OpenAiChatOptions.builder(), "temperature", 0.3), streamed);
		assertThat(body(provider).path("model").asText()).isEqualTo("large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "anthropic" })
	void takeTheSchemaOfNativeStructuredOutput(String provider) {
		Forecast forecast = client(provider, OpenAiChatOptions.builder())
			.advisors(AdvisorParams.ENABLE_NATIVE_STRUCTURED_OUTPUT)
			.call()
			.entity(Forecast.class);
		assertThat(forecast).isEqualTo(new Forecast("Oslo", "rain"));
		assertThat(body(provider).toString()).contains("additionalProperties", "weather", "Oslo?");
	}

	@ParameterizedTest
	@CsvSource({ "openai, false", "openai, true", "anthropic, false", "anthropic, true" })
	void haveASchemaThatReachesTheProvider(String provider, boolean streamed) {
		ask(provider, set(OpenAiChatOptions.builder(), "outputSchema", SCHEMA), streamed);
		JsonNode form = provider.equals("openai") ? body(provider).path("response_format").path("json_schema")
				: body(provider).path("output_config").path("format");
		assertThat(form.path("schema").path("properties").path("city").path("type").asText()).as("%s", body(provider))
			.isEqualTo("string");
	}

	@Test
	void haveTheFormOfAnyJsonObject() {
		Object options = OpenAiChatOptions.builder();
		Method setter = setter(options, "responseFormat");
		Object format = ReflectionUtils
			.invokeMethod(ReflectionUtils.findMethod(setter.getParameterTypes()[0], "builder"), null);
		Object type = Stream.of(setter(format, "type").getParameterTypes()[0].getEnumConstants())
			.filter((constant) -> constant.toString().equals("JSON_OBJECT"))
			.findFirst()
			.orElseThrow();
		ReflectionUtils.invokeMethod(setter, options, build(set(format, "type", type)));
		ask("openai", options, false);
		assertThat(body("openai").path("response_format").path("type").asText()).isEqualTo("json_object");
	}

	@Test
	void haveASeedAKeyOfTheCacheAndALimitOfTokens() {
		Object options = set(OpenAiChatOptions.builder(), "seed", 7);
		set(set(options, "promptCacheKey", "weather"), "maxCompletionTokens", 77);
		ask("openai", options, true);
		assertThat(body("openai").path("seed").asInt()).isEqualTo(7);
		assertThat(body("openai").path("prompt_cache_key").asText()).isEqualTo("weather");
		assertThat(body("openai").toString()).contains("tokens\":77");
	}

	/** Spring AI 2 sets a name that the application never chose. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void mayNameAModelThatNoEndpointHas(boolean streamed, CapturedOutput output) {
		String name = "gpt-of-options-" + streamed;
		for (int i = 0; i < 2; i++) {
			ask("openai", set(OpenAiChatOptions.builder(), "model", name), streamed);
		}
		assertThat(body("openai").path("model").asText()).isEqualTo("large");
		assertThat(output).containsOnlyOnce("'" + name + "'");
		ask("openai", OpenAiChatOptions.builder(), streamed);
	}

	@Test
	void areNotThePortableOnesWhoseModelIsChosen() {
		for (Object options : List.of(ChatOptions.builder(), ToolCallingChatOptions.builder())) {
			set(options, "model", "unknown");
			assertThatIllegalArgumentException().isThrownBy(() -> ask("openai", options, false))
				.withMessageContaining("no such chain");
		}
		assertThat(openai.requests()).isEmpty();
	}

	/** If it counted in each round, the model would never answer. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void forceAToolUntilItsResultIsThere(boolean streamed) {
		openai.script((request) -> (openai.requestCount() > 1) ? Outcome.answer(JSON)
				: Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Oslo\"}"))));
		Object options = set(OpenAiChatOptions.builder(), "toolChoice", "required");
		set(options, "toolCallbacks", List.of(ToolCallbacks.from(program("openai").getBean(Weather.class))));
		ask("openai", options, streamed);
		assertThat(openai.requests().get(0).body().path("tool_choice").asText()).isEqualTo("required");
		if (openai.requestCount() > 1) {
			assertThat(body("openai").path("tool_choice").asText()).isNotEqualTo("required");
		}
	}

	private static ChatResponse ask(String provider, Object options, boolean streamed) {
		ChatModel model = program(provider).getBean(ChatModel.class);
		Prompt prompt = new Prompt("Oslo?", (ChatOptions) build(options));
		return streamed ? model.stream(prompt).blockLast() : model.call(prompt);
	}

	/** Spring AI 1 wants options here, Spring AI 2 their builder. */
	private static ChatClient.ChatClientRequestSpec client(String provider, Object options) {
		ChatClient.ChatClientRequestSpec question = program(provider).getBean(ChatClient.Builder.class)
			.build()
			.prompt("Oslo?");
		Method setter = setter(question, "options");
		boolean builder = setter.getParameterTypes()[0].isInstance(options);
		return (ChatClient.ChatClientRequestSpec) ReflectionUtils.invokeMethod(setter, question,
				builder ? options : build(options));
	}

	private static JsonNode body(String provider) {
		return simulator(provider).requests().get(simulator(provider).requestCount() - 1).body();
	}

	private static ConfigurableApplicationContext program(String provider) {
		return programs.get(PROVIDERS.indexOf(provider));
	}

	private static ProviderSimulatorExtension simulator(String provider) {
		return provider.equals("openai") ? openai : anthropic;
	}

	/** By reflection, because the generations of Spring AI give back different types. */
	private static Object set(Object builder, String name, Object value) {
		Method setter = Stream.of(builder.getClass().getMethods())
			.filter((method) -> method.getName().equals(name) && method.getParameterCount() == 1
					&& method.getParameterTypes()[0].isInstance(value))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(name));
		setter.setAccessible(true);
		return ReflectionUtils.invokeMethod(setter, builder, value);
	}

	private static Method setter(Object owner, String name) {
		Method setter = Stream.of(owner.getClass().getMethods())
			.filter((method) -> method.getName().equals(name) && method.getParameterCount() == 1)
			.findFirst()
			.orElseThrow();
		setter.setAccessible(true);
		return setter;
	}

	private static Object build(Object builder) {
		Method build = ReflectionUtils.findMethod(builder.getClass(), "build");
		build.setAccessible(true);
		return ReflectionUtils.invokeMethod(build, builder);
	}

}
