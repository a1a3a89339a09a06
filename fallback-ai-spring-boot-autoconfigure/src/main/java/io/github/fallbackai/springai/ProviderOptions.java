// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolChoice;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;

/**
 * Options that are not portable in Spring AI, but that a request of this library has a
 * place for. They are read by name, as OpenAI's options have them, because no class of a
 * provider is a dependency.
 */
final class ProviderOptions {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final String NAME = "answer";

	/** Spring AI's own classes that belong to no provider. */
	private static final Set<String> PORTABLE = Set.of(ChatOptions.class.getPackageName(),
			StructuredOutputChatOptions.class.getPackageName());

	/** The names that options of a class have if nothing is set. */
	private static final ClassValue<Set<Object>> USUAL_MODELS = new ClassValue<>() {

		@Override
		protected Set<Object> computeValue(Class<?> type) {
			Set<Object> names = new HashSet<>();
			names.add(ForeignGetters.constant(type, "DEFAULT_CHAT_MODEL"));
			names.add(ForeignGetters.read(ForeignGetters.builtEmpty(type), "getModel"));
			names.remove(null);
			return names;
		}

	};

	private ProviderOptions() {
	}

	/**
	 * Whether options say only what the application says, without values of a provider.
	 */
	static boolean portable(ChatOptions options) {
		return PORTABLE.contains(options.getClass().getPackageName());
	}

	/**
	 * Where the model comes from. If none is set, the options of some of Spring AI 2's
	 * models have a default name, which nothing tells from the same name as a choice.
	 */
	static ModelOrigin origin(ChatOptions options, @Nullable String model) {
		if (portable(options)) {
			return ModelOrigin.APPLICATION;
		}
		boolean usual = model != null && USUAL_MODELS.get(options.getClass()).contains(model);
		return usual ? ModelOrigin.DEFAULT_OF_PROVIDER : ModelOrigin.OPTIONS_OF_PROVIDER;
	}

	static void read(ChatOptions options, ChatRequestBuilder request) {
		if (ForeignGetters.read(options, "getSeed") instanceof Number seed) {
			request.seed(seed.longValue());
		}
		if (ForeignGetters.read(options, "getPromptCacheKey") instanceof String key) {
			request.promptCacheKey(key);
		}
		if (ForeignGetters.guarded(options::getMaxTokens) == null
				&& ForeignGetters.read(options, "getMaxCompletionTokens") instanceof Integer most) {
			request.maxTokens(most);
		}
	}

	/** The form of the answer. */
	static ResponseFormat format(ChatOptions options) {
		if (options instanceof StructuredOutputChatOptions structured) {
			String schema = ForeignGetters.guarded(structured::getOutputSchema);
			if (schema != null) {
				return ResponseFormat.jsonSchema(NAME, schema);
			}
		}
		Object format = ForeignGetters.read(options, "getResponseFormat");
		return switch (word(ForeignGetters.read(format, "getType"))) {
			case "json_object" -> ResponseFormat.JSON_OBJECT;
			case "json_schema" -> ofSchema(format);
			default -> ResponseFormat.TEXT;
		};
	}

	private static ResponseFormat ofSchema(@Nullable Object format) {
		Object described = ForeignGetters.read(format, "getJsonSchema");
		Object schema = ForeignGetters.read(described, "getSchema");
		if (schema instanceof Map<?, ?> map) {
			String name = (ForeignGetters.read(described, "getName") instanceof String given) ? given : NAME;
			return ResponseFormat.jsonSchema(name, json(map));
		}
		Object text = (described instanceof String) ? described : ForeignGetters.read(format, "getSchema");
		return (text instanceof String given) ? ResponseFormat.jsonSchema(NAME, given) : ResponseFormat.JSON_OBJECT;
	}

	private static String json(Map<?, ?> schema) {
		try {
			return MAPPER.writeValueAsString(schema);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("schema of the response format: cannot be written as JSON", ex);
		}
	}

	/** Which tools may be called, {@code null} if the options do not say. */
	static @Nullable ToolChoice toolChoice(ChatOptions options) {
		Object choice = ForeignGetters.read(options, "getToolChoice");
		if (choice instanceof String text && text.startsWith("{")) {
			choice = ForeignGetters.guarded(() -> parsed(text));
		}
		String tool = (choice instanceof Map<?, ?> map) ? named(map) : namedBySdk(choice);
		if (tool != null) {
			return ToolChoice.tool(tool);
		}
		return switch (word(unwrapped(ForeignGetters.read(choice, "auto"), choice))) {
			case "auto" -> ToolChoice.AUTO;
			case "none" -> ToolChoice.NONE;
			case "required", "any" -> ToolChoice.REQUIRED;
			default -> null;
		};
	}

	private static Map<?, ?> parsed(String json) {
		try {
			return MAPPER.readValue(json, Map.class);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static @Nullable String named(Map<?, ?> choice) {
		return (choice.get("function") instanceof Map<?, ?> function && function.get("name") instanceof String name)
				? name : null;
	}

	/** The choice as OpenAI's SDK has it. */
	private static @Nullable String namedBySdk(@Nullable Object choice) {
		Object named = unwrapped(ForeignGetters.read(choice, "namedToolChoice"), null);
		return (ForeignGetters.read(ForeignGetters.read(named, "function"), "name") instanceof String name) ? name
				: null;
	}

	private static @Nullable Object unwrapped(@Nullable Object value, @Nullable Object otherwise) {
		return (value instanceof Optional<?> optional && optional.isPresent()) ? optional.get() : otherwise;
	}

	private static String word(@Nullable Object value) {
		String word = (value instanceof Enum<?> constant) ? constant.name() : String.valueOf(value);
		return word.toLowerCase(Locale.ROOT);
	}

}
