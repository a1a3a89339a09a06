// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * Random JSON of the form that a class of OpenAI's or Anthropic's SDK describes. These
 * classes are generated from the published schemas: a member for each member, a class for
 * each choice, a constant for each word. What schemas do not say, such as that a result
 * needs a call, does not hold for it.
 */
final class SchemaRequest {

	/** Deeper objects have what they must have. */
	private static final int DEEP = 4;

	private static final String PIXEL = "data:image/png;base64,iVBORw0KGgo=";

	/** Texts that have to look like something. */
	private static final Map<String, String> FORMS = Map.of("url", PIXEL, "image_url", PIXEL, "file_url",
			"https://localhost/a.pdf", "file_data", "data:application/pdf;base64,JVBERi0=", "data", "iVBORw0KGgo=",
			"arguments", "{\"a\":1}", "media_type", "image/png");

	private final Random random;

	SchemaRequest(Random random) {
		this.random = random;
	}

	JsonNode of(Class<?> type) {
		return value(type, "", 0);
	}

	private JsonNode value(Type type, String name, int depth) {
		if (type instanceof WildcardType wildcard) {
			return value(wildcard.getUpperBounds()[0], name, depth);
		}
		if (type instanceof ParameterizedType generic) {
			Class<?> raw = (Class<?>) generic.getRawType();
			if (List.class.isAssignableFrom(raw)) {
				return list(generic.getActualTypeArguments()[0], name, depth);
			}
			return Map.class.isAssignableFrom(raw) ? GatewayJson.object().put("k", "v")
					: value(generic.getActualTypeArguments()[0], name, depth);
		}
		Class<?> described = (Class<?>) type;
		if (described == String.class) {
			return TextNode.valueOf(FORMS.getOrDefault(name, pick(List.of("f", "Hi", "Why is 天 blue?\n"))));
		}
		if (described == Boolean.class) {
			return BooleanNode.valueOf(this.random.nextBoolean());
		}
		if (Number.class.isAssignableFrom(described)) {
			boolean whole = described == Long.class || described == Integer.class;
			return whole ? IntNode.valueOf(1 + this.random.nextInt(10)) : DoubleNode.valueOf(this.random.nextDouble());
		}
		List<Field> words = words(described);
		if (!words.isEmpty()) {
			return TextNode.valueOf(String.valueOf(read(pick(words), null)));
		}
		List<Field> choices = choices(described);
		return choices.isEmpty() ? object(described, depth) : value(pick(choices).getGenericType(), name, depth);
	}

	private ArrayNode list(Type element, String name, int depth) {
		ArrayNode list = GatewayJson.object().putArray("list");
		for (int left = 1 + this.random.nextInt(2); left > 0; left--) {
			list.add(value(element, name, depth + 1));
		}
		return list;
	}

	/** The words of an enumeration. */
	private static List<Field> words(Class<?> type) {
		boolean enumeration = Arrays.stream(type.getInterfaces())
			.anyMatch((each) -> each.getSimpleName().equals("Enum"));
		return enumeration ? Arrays.stream(type.getFields()).filter((field) -> field.getType() == type).toList()
				: List.of();
	}

	/** The forms between which there is a choice. */
	private static List<Field> choices(Class<?> type) {
		List<Field> fields = Arrays.stream(type.getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()))
			.toList();
		boolean choice = fields.stream().anyMatch((field) -> field.getName().equals("_json"));
		return choice ? fields.stream()
			.filter((field) -> !field.getName().startsWith("_") && !field.getType().isPrimitive()
					&& !field.getName().contains("$"))
			.toList() : List.of();
	}

	private ObjectNode object(Class<?> type, int depth) {
		ObjectNode object = GatewayJson.object();
		List<Method> members = new ArrayList<>(Arrays.asList(type.getMethods()));
		members.removeIf((method) -> !method.isAnnotationPresent(JsonProperty.class) || method.getParameterCount() > 0);
		members.sort(Comparator.comparing(Method::getName));
		for (Method member : members) {
			String name = member.getAnnotation(JsonProperty.class).value();
			String getter = member.getName().substring(member.getName().startsWith("_") ? 1 : 0);
			if (member.getReturnType().getSimpleName().equals("JsonValue")) {
				constant(type, getter).ifPresent((constant) -> object.set(name, constant));
			}
			else if (required(type, getter) || (depth < DEEP && this.random.nextInt(2 + depth) == 0)) {
				object.set(name, value(member.getGenericReturnType(), name, depth + 1));
			}
		}
		return object;
	}

	private static boolean required(Class<?> type, String getter) {
		return Arrays.stream(type.getMethods())
			.anyMatch((method) -> method.getName().equals(getter) && method.getParameterCount() == 0
					&& method.getReturnType() != Optional.class);
	}

	/** A member that always has the same value: its builder has it. */
	private static Optional<JsonNode> constant(Class<?> type, String name) {
		try {
			Object builder = type.getMethod("builder").invoke(null);
			Field field = builder.getClass().getDeclaredField(name);
			Object value = read(field, builder);
			return (value != null) ? Optional.of(TextNode.valueOf(value.toString())) : Optional.empty();
		}
		catch (ReflectiveOperationException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable Object read(Field field, @Nullable Object holder) {
		try {
			field.setAccessible(true);
			return field.get(holder);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private <T> T pick(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

}
