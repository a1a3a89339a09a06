// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Reads the JSON of answers. Schemas ask it for names and words, so that it can read what
 * follows them.
 */
final class AnswerMapper {

	/**
	 * Modules of the application's class path add types of other libraries. A fraction
	 * would become a whole number here, but the schema does not allow it: so 3.0 is 3,
	 * and 3.5 is refused.
	 */
	static final JsonMapper MAPPER = JsonMapper.builder()
		.addModules(new Jdk8Module(), new JavaTimeModule())
		.addModules(MapperBuilder.findModules(AnswerMapper.class.getClassLoader()))
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.withCoercionConfigDefaults(
				(coercions) -> coercions.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
		.build();

	private AnswerMapper() {
	}

}
