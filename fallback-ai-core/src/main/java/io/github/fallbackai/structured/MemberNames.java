// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.lang.reflect.Field;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the reader knows the members of types.
 */
final class MemberNames {

	private MemberNames() {
	}

	/**
	 * The name of a member in JSON.
	 * @param owner the type that has it, which may inherit it
	 * @param field the member
	 * @return its name, {@code null} if the reader does not know it
	 */
	static @Nullable String of(Class<?> owner, Field field) {
		for (BeanPropertyDefinition property : describe(owner).findProperties()) {
			if (property.getInternalName().equals(field.getName())) {
				return property.getName();
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

	private static BeanDescription describe(Class<?> owner) {
		DeserializationConfig config = AnswerMapper.MAPPER.getDeserializationConfig();
		return config.introspect(config.constructType(owner));
	}

}
