// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;

/**
 * Generates schemas with Victools. The only class that knows this library, which is
 * optional.
 */
final class TypeSchemas {

	private TypeSchemas() {
	}

	/**
	 * Members keep their order, because a model writes them in it. All are required but
	 * optional and nullable ones.
	 * @param type the type
	 * @param members learns which members there are
	 * @return JSON
	 */
	static String generate(Class<?> type, ReadMembers members) {
		SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12,
				OptionPreset.PLAIN_JSON)
			.with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY))
			.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
					Option.PLAIN_DEFINITION_KEYS, Option.STANDARD_FORMATS)
			.without(Option.SCHEMA_VERSION_INDICATOR);
		builder.forTypesInGeneral().withPropertySorter((unused, unusedToo) -> 0);
		builder.forFields().withRequiredCheck((field) -> isRequired(field, members));
		return generate(new SchemaGenerator(builder.build()), type);
	}

	/**
	 * The library's version 4 answers with a tree of Jackson 2, and 5 with one of Jackson
	 * 3, so that no caller is linked with both. Their texts are the same.
	 */
	private static String generate(SchemaGenerator generator, Class<?> type) {
		try {
			return SchemaGenerator.class.getMethod("generateSchema", Type.class, Type[].class)
				.invoke(generator, type, new Type[0])
				.toString();
		}
		catch (InvocationTargetException ex) {
			throw new IllegalArgumentException("type: " + type.getName() + " (expected: one that has a schema)",
					ex.getCause());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("this version of com.github.victools:jsonschema-generator is not known",
					ex);
		}
	}

	private static boolean isRequired(FieldScope field, ReadMembers members) {
		boolean required = !mayBeAbsent(field);
		members.add(field.getRawMember(), required && MemberNames.isRead(owner(field), field.getRawMember()));
		return required;
	}

	/** The type whose schema has the member, which may be inherited. */
	private static Class<?> owner(FieldScope field) {
		return field.getDeclarationDetails().getSchemaTargetType().getErasedType();
	}

	private static boolean mayBeAbsent(FieldScope field) {
		Field member = field.getRawMember();
		return Optional.class.isAssignableFrom(member.getType()) || Stream
			.concat(Arrays.stream(member.getAnnotations()), Arrays.stream(member.getAnnotatedType().getAnnotations()))
			.map(Annotation::annotationType)
			.anyMatch((annotation) -> annotation.getSimpleName().equals("Nullable"));
	}

}
