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

import org.jspecify.annotations.Nullable;

/**
 * Checks values after reading: members that must be there are there, and numbers fit into
 * their types. A reader may take something else for nothing, or for infinity.
 */
final class ReadMembers {

	private final Map<Class<?>, List<Member>> members = new HashMap<>();

	/** Adds a member that the schema has. */
	void add(Field field, boolean required) {
		List<Member> known = this.members.computeIfAbsent(field.getDeclaringClass(), (unused) -> new ArrayList<>());
		if (known.stream().noneMatch((member) -> member.field().equals(field)) && field.trySetAccessible()) {
			known.add(new Member(field, required));
		}
	}

	boolean complete(Object value) {
		return complete(value, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private boolean complete(@Nullable Object value, Set<Object> seen) {
		if (value == null) {
			return true;
		}
		if (value instanceof Double || value instanceof Float) {
			return Double.isFinite(((Number) value).doubleValue());
		}
		if (value instanceof OptionalDouble number) {
			return number.isEmpty() || Double.isFinite(number.getAsDouble());
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

	private record Member(Field field, boolean required) {

		boolean completeIn(Object owner, ReadMembers all, Set<Object> seen) {
			try {
				Object value = this.field.get(owner);
				return (value != null) ? all.complete(value, seen) : !this.required;
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(this.field + " was accessible", ex);
			}
		}

	}

}
