// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the reader knows the members of types.
 */
final class MemberNames {

	private static final Set<Class<?>> OPTIONAL = Set.of(Optional.class, OptionalInt.class, OptionalLong.class,
			OptionalDouble.class);

	private MemberNames() {
	}

	/**
	 * The name of a member in JSON.
	 * @param owner the type that has it, which may inherit it
	 * @param field the member
	 * @return its name, {@code null} if the reader does not know it
	 */
	static @Nullable String of(Class<?> owner, Field field) {
		BeanPropertyDefinition property = property(owner, field);
		return (property != null) ? property.getName() : null;
	}

	/** Whether the reader knows the member, but never sets it. */
	static boolean isReadOnly(Class<?> owner, Field field) {
		BeanPropertyDefinition property = property(owner, field);
		return property != null && !property.couldDeserialize();
	}

	private static @Nullable BeanPropertyDefinition property(Class<?> owner, Field field) {
		for (BeanPropertyDefinition property : describe(owner).findProperties()) {
			if (property.getInternalName().equals(field.getName())) {
				return property;
			}
		}
		return null;
	}

	/** Whether the reader sets it: it keeps the word that chose the type for itself. */
	static boolean isRead(Class<?> owner, Field field) {
		String name = of(owner, field);
		DeserializationConfig config = AnswerMapper.MAPPER.getDeserializationConfig();
		JsonTypeInfo.Value choice = config.getAnnotationIntrospector()
			.findPolymorphicTypeInfo(config, describe(owner).getClassInfo());
		return name != null && (choice == null || choice.getIdVisible() || !name.equals(choice.getPropertyName()));
	}

	/** Whether an answer may lack the member. */
	static boolean mayBeAbsent(Field field) {
		return OPTIONAL.contains(field.getType()) || Stream
			.concat(Arrays.stream(field.getAnnotations()), Arrays.stream(field.getAnnotatedType().getAnnotations()))
			.map(Annotation::annotationType)
			.anyMatch((annotation) -> annotation.getSimpleName().equals("Nullable"));
	}

	/** Whether an answer may lack the member that has this name in JSON. */
	static boolean mayBeAbsent(Class<?> owner, String name) {
		for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (name.equals(of(owner, field))) {
					return mayBeAbsent(field);
				}
			}
		}
		return false;
	}

	private static BeanDescription describe(Class<?> owner) {
		DeserializationConfig config = AnswerMapper.MAPPER.getDeserializationConfig();
		return config.introspect(config.constructType(owner));
	}

}
