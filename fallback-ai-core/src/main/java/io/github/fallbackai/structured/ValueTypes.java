// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import org.jspecify.annotations.Nullable;

/**
 * Types whose JSON is one value, such as an amount of money that is a text.
 */
final class ValueTypes {

	private ValueTypes() {
	}

	/**
	 * The type of the value that stands for a type in JSON.
	 * @param type the type
	 * @return the value's type, {@code null} if the type has none, or is read from its
	 * members nevertheless
	 */
	static @Nullable Type of(Class<?> type) {
		SerializationConfig config = AnswerMapper.MAPPER.getSerializationConfig();
		AnnotatedMember accessor = type.isEnum() ? null
				: config.introspect(config.constructType(type)).findJsonValueAccessor();
		if (accessor == null || isReadFromMembers(type, Map.class.isAssignableFrom(accessor.getRawType()))) {
			return null;
		}
		Member member = accessor.getMember();
		return (member instanceof Method method) ? method.getGenericReturnType() : ((Field) member).getGenericType();
	}

	/** A map takes members that the type itself does not have. */
	private static boolean isReadFromMembers(Class<?> type, boolean map) {
		DeserializationConfig config = AnswerMapper.MAPPER.getDeserializationConfig();
		try {
			JsonDeserializer<?> reader = ((DefaultDeserializationContext) AnswerMapper.MAPPER
				.getDeserializationContext()).createDummyInstance(config)
				.findContextualValueDeserializer(config.constructType(type), null);
			return reader instanceof BeanDeserializerBase bean && isMadeOfMembers(bean, map);
		}
		catch (JsonMappingException ex) {
			return true;
		}
	}

	private static boolean isMadeOfMembers(BeanDeserializerBase reader, boolean map) {
		ValueInstantiator making = reader.getValueInstantiator();
		boolean ofOneValue = making.canCreateUsingDelegate() || making.canCreateUsingArrayDelegate()
				|| making.canCreateFromString() || making.canCreateFromInt() || making.canCreateFromLong()
				|| making.canCreateFromDouble() || making.canCreateFromBoolean() || making.canCreateFromBigDecimal()
				|| making.canCreateFromBigInteger();
		return making.canCreateFromObjectWith()
				|| (making.canCreateUsingDefault() && !ofOneValue && (reader.getPropertyCount() > 0 || !map));
	}

}
