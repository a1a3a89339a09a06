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

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
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

	boolean complete(Object value) {
		return complete(value, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private boolean complete(@Nullable Object value, Set<Object> seen) {
		if (value == null) {
			return true;
		}
		if (value instanceof Double || value instanceof Float) {
			return !Double.isInfinite(((Number) value).doubleValue());
		}
		if (value instanceof OptionalDouble number) {
			return number.isEmpty() || !Double.isInfinite(number.getAsDouble());
		}
		if (value instanceof Optional<?> optional) {
			return complete(optional.orElse(null), seen);
		}
		if (value instanceof Map<?, ?> map) {
			return complete(map.values(), seen);
		}
		if (value instanceof Collection<?> items) {
			return items.stream().allMatch((item) -> complete(item, seen));
		}
		return value.getClass().isArray() ? completeArray(value, seen) : completeMembers(value, seen);
	}

	private boolean completeArray(Object array, Set<Object> seen) {
		for (int index = 0; index < Array.getLength(array); index++) {
			if (!complete(Array.get(array, index), seen)) {
				return false;
			}
		}
		return true;
	}

	private boolean completeMembers(Object value, Set<Object> seen) {
		if (!seen.add(value)) {
			return true;
		}
		for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
			for (Member member : this.members.getOrDefault(type, List.of())) {
				if (!member.completeIn(value, this, seen)) {
					return false;
				}
			}
		}
		return true;
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

		boolean completeIn(Object owner, ReadMembers all, Set<Object> seen) {
			try {
				Object value = this.field.get(owner);
				return (value != null) ? all.complete(value, seen)
						: !this.required || all.words.stream().anyMatch((word) -> word.is(owner, this.name));
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(this.field + " was accessible", ex);
			}
		}

	}

}
