// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.MonthDay;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeContext;
import com.github.victools.jsonschema.generator.impl.module.EnumModule;
import com.github.victools.jsonschema.generator.impl.module.SimpleTypeModule;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import org.jspecify.annotations.Nullable;

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
			.with(scalars())
			.with(new EnumModule(TypeSchemas::word))
			.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
					Option.PLAIN_DEFINITION_KEYS, Option.STANDARD_FORMATS)
			.without(Option.SCHEMA_VERSION_INDICATOR);
		builder.forTypesInGeneral()
			.withPropertySorter((unused, unusedToo) -> 0)
			.withSubtypeResolver((declared, context) -> valueType(declared, context.getTypeContext()));
		builder.forFields()
			.withPropertyNameOverrideResolver((field) -> MemberNames.of(owner(field), field.getRawMember()))
			.withRequiredCheck((field) -> isRequired(field, members));
		// After ours: the first definition of a type or a name counts.
		builder.with(new JacksonModule());
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

	/** What Jackson reads as one text or number. Victools sees the members of these. */
	private static SimpleTypeModule scalars() {
		SimpleTypeModule module = new SimpleTypeModule().withIntegerType(byte.class)
			.withIntegerType(Byte.class)
			.withIntegerType(Year.class)
			.withIntegerType(OptionalInt.class)
			.withIntegerType(OptionalLong.class)
			.withIntegerType(AtomicInteger.class)
			.withIntegerType(AtomicLong.class)
			.withNumberType(OptionalDouble.class)
			.withBooleanType(AtomicBoolean.class)
			.withEmptySchema(JsonNode.class);
		for (Class<?> type : List.of(Locale.class, byte[].class, ByteBuffer.class, char[].class, StringBuilder.class,
				Currency.class, TimeZone.class, ZoneId.class, ZoneOffset.class, YearMonth.class, MonthDay.class,
				Charset.class, Pattern.class, File.class, Path.class, URL.class, InetAddress.class)) {
			module.withStringType(type);
		}
		return module;
	}

	/** The word for a constant of an enumeration that our reader knows. */
	private static String word(Enum<?> constant) {
		String word = AnswerMapper.MAPPER.valueToTree(constant).asText();
		try {
			return (AnswerMapper.MAPPER.convertValue(word, constant.getDeclaringClass()) == constant) ? word
					: constant.name();
		}
		catch (RuntimeException ex) {
			return constant.name();
		}
	}

	private static @Nullable List<ResolvedType> valueType(ResolvedType declared, TypeContext context) {
		Type value = ValueTypes.of(declared.getErasedType());
		return (value != null) ? List.of(context.resolve(value)) : null;
	}

	private static boolean isRequired(FieldScope field, ReadMembers members) {
		Class<?> owner = owner(field);
		Field member = field.getRawMember();
		boolean required = !MemberNames.mayBeAbsent(member) && !MemberNames.isReadOnly(owner, member);
		members.add(member, MemberNames.of(owner, member), required && MemberNames.isRead(owner, member));
		return required;
	}

	/** The type whose schema has the member, which may be inherited. */
	private static Class<?> owner(FieldScope field) {
		return field.getDeclarationDetails().getSchemaTargetType().getErasedType();
	}

}
