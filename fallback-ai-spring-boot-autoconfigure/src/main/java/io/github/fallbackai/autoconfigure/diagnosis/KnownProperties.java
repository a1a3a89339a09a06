// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

/**
 * The properties that one of the classes for properties has.
 *
 * @param types their types by name, with dashes
 */
record KnownProperties(Map<String, ResolvableType> types) {

	/**
	 * Returns what is known of a type.
	 * @param type type of a property
	 * @return its properties, {@code null} if it is none of our classes for properties
	 */
	static @Nullable KnownProperties of(Class<?> type) {
		if (type.isEnum() || type.isArray()
				|| !type.getPackageName().equals(FallbackAiProperties.class.getPackageName())) {
			return null;
		}
		Map<String, ResolvableType> types = new TreeMap<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			if (!property.getName().equals("class")) {
				types.put(DataObjectPropertyName.toDashedForm(property.getName()), type(property));
			}
		}
		return types.isEmpty() ? null : new KnownProperties(types);
	}

	private static ResolvableType type(PropertyDescriptor property) {
		return (property.getWriteMethod() != null) ? ResolvableType.forMethodParameter(property.getWriteMethod(), 0)
				: ResolvableType.forMethodReturnType(property.getReadMethod());
	}

	/**
	 * Returns the type of a property.
	 * @param element letters and digits of the property's name
	 * @return the type, {@code null} if there is no such property
	 */
	@Nullable ResolvableType type(String element) {
		return this.types.entrySet()
			.stream()
			.filter((known) -> LettersAndDigits.of(known.getKey()).equals(element))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/** The names, for a message. */
	String names() {
		return String.join(", ", this.types.keySet());
	}

	/**
	 * Finds properties below this type that have a name.
	 * @param element letters and digits of the name
	 * @return the names with what leads to them, for example {@code timeout.idle}
	 */
	List<String> pathsTo(String element) {
		List<String> paths = new ArrayList<>();
		this.types.forEach((name, type) -> {
			if (LettersAndDigits.of(name).equals(element)) {
				paths.add(name);
			}
			addPaths(name, type, element, paths);
		});
		return paths;
	}

	private static void addPaths(String name, ResolvableType type, String element, List<String> paths) {
		Class<?> bound = type.toClass();
		if (Collection.class.isAssignableFrom(bound)) {
			addPaths(name + "[0]", type.asCollection().getGeneric(0), element, paths);
		}
		else if (Map.class.isAssignableFrom(bound)) {
			addPaths(name + ".<name>", type.asMap().getGeneric(1), element, paths);
		}
		else {
			KnownProperties below = of(bound);
			if (below != null) {
				below.pathsTo(element).forEach((path) -> paths.add(name + '.' + path));
			}
		}
	}

}
