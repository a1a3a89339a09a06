// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.structured;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Reads the JSON of answers. Schemas ask it for names and words, so that it can read what
 * follows them.
 */
final class AnswerMapper {

	/** Modules of the application's class path add types of other libraries. */
	static final JsonMapper MAPPER = JsonMapper.builder()
		.addModules(new Jdk8Module(), new JavaTimeModule())
		.addModules(MapperBuilder.findModules(AnswerMapper.class.getClassLoader()))
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private AnswerMapper() {
	}

}
