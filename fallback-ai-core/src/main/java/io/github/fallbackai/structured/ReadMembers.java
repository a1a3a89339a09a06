// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Checks values after reading: members that must be there are there, and numbers fit into
 * their types. A reader may take something else for nothing, or for infinity.
 */
final class ReadMembers {

	private final Map<Class<?>, List<Member>> members = new HashMap<>();

	private final List<TypeWord> words = new ArrayList<>();

	/** Adds a member that the schema has. */
	void add(Field field, @Nullable String name, boolean required) {
		JsonTypeInfo choice = field.getAnnotation(JsonTypeInfo.class);
		if (choice != null && !choice.visible()) {
			this.words.add(new TypeWord(innermost(field), choice.property()));
		}
		List<Member> known = this.members.computeIfAbsent(field.getDeclaringClass(), (unused) -> new ArrayList<>());
		if (known.stream().noneMatch((member) -> member.field().equals(field)) && field.trySetAccessible()) {
			known.add(new Member(field, name, required));
		}
	}

	private static Class<?> innermost(Field field) {
		JavaType type = AnswerMapper.MAPPER.constructType(field.getGenericType());
		while (type.getContentType() != null) {
			type = type.getContentType();
		}
		return type.getRawClass();
	}

	/**
	 * Whether a value has all that it must have.
	 * @param value the value
	 * @param json the JSON that it was read from
	 */
	boolean complete(Object value, JsonNode json) {
		return complete(value,
				new Look(Collections.newSetFromMap(new IdentityHashMap<>()),
						hasNumber(json, (number) -> Double.isInfinite(number.doubleValue())),
						hasNumber(json, (number) -> Float.isInfinite(number.floatValue()))));
	}

	/** A record may set an infinite number itself, but no answer has one. */
	private static boolean hasNumber(JsonNode json, Predicate<JsonNode> kind) {
		if (json.isNumber()) {
			return kind.test(json);
		}
		for (JsonNode item : json) {
			if (hasNumber(item, kind)) {
				return true;
			}
		}
		return false;
	}

	private boolean complete(@Nullable Object value, Look look) {
		if (value == null) {
			return true;
		}
		if (value instanceof Float number) {
			return !number.isInfinite() || !look.floatsOverflow();
		}
		if (value instanceof Double number) {
			return look.allows(number);
		}
		if (value instanceof OptionalDouble number) {
			return number.isEmpty() || look.allows(number.getAsDouble());
		}
		if (value instanceof Optional<?> optional) {
			return complete(optional.orElse(null), look);
		}
		if (value instanceof Map<?, ?> map) {
			return complete(map.values(), look);
		}
		if (value instanceof Collection<?> items) {
			return items.stream().allMatch((item) -> complete(item, look));
		}
		return value.getClass().isArray() ? completeArray(value, look) : completeMembers(value, look);
	}

	private boolean completeArray(Object array, Look look) {
		for (int index = 0; index < Array.getLength(array); index++) {
			if (!complete(Array.get(array, index), look)) {
				return false;
			}
		}
		return true;
	}

	private boolean completeMembers(Object value, Look look) {
		if (!look.seen().add(value)) {
			return true;
		}
		for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
			for (Member member : this.members.getOrDefault(type, List.of())) {
				if (!member.completeIn(value, this, look)) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * A look at a value.
	 *
	 * @param seen what was looked at
	 * @param overflows whether a number of the answer may have become an infinite double
	 * @param floatsOverflow whether one may have become an infinite float
	 */
	private record Look(Set<Object> seen, boolean overflows, boolean floatsOverflow) {

		boolean allows(double number) {
			return !this.overflows || !Double.isInfinite(number);
		}

	}

	/**
	 * Chooses one of several types for a member. The reader keeps the word for itself.
	 *
	 * @param type the type of the member, or of what is in it
	 * @param name the word's name
	 */
	private record TypeWord(Class<?> type, String name) {

		boolean is(Object owner, @Nullable String member) {
			return this.type.isInstance(owner) && this.name.equals(member);
		}

	}

	private record Member(Field field, @Nullable String name, boolean required) {

		boolean completeIn(Object owner, ReadMembers all, Look look) {
			try {
				Object value = this.field.get(owner);
				return (value != null) ? all.complete(value, look)
						: !this.required || all.words.stream().anyMatch((word) -> word.is(owner, this.name));
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(this.field + " was accessible", ex);
			}
		}

	}

}
