// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import org.jspecify.annotations.Nullable;

/**
 * The form of the answer.
 *
 * @param type what is asked
 * @param name name of the schema, only with {@link Type#JSON_SCHEMA}
 * @param schema the JSON schema, a JSON object, only with {@link Type#JSON_SCHEMA}
 */
public record ResponseFormat(Type type, @Nullable String name, @Nullable String schema) {

	/** Free text. */
	public static final ResponseFormat TEXT = new ResponseFormat(Type.TEXT, null, null);

	/** Any JSON object. */
	public static final ResponseFormat JSON_OBJECT = new ResponseFormat(Type.JSON_OBJECT, null, null);

	/** No answer but vectors of the messages. Requests for embeddings have it. */
	public static final ResponseFormat VECTORS = new ResponseFormat(Type.VECTORS, null, null);

	public ResponseFormat {
		if ((type == Type.JSON_SCHEMA) != (name != null && schema != null)) {
			throw new IllegalArgumentException("name and schema: expected with JSON_SCHEMA, and only with it");
		}
	}

	/** A JSON object that follows the schema. */
	public static ResponseFormat jsonSchema(String name, String schema) {
		return new ResponseFormat(Type.JSON_SCHEMA, name, schema);
	}

	/** Whether the answer is more than free text, so that no part of it is of use. */
	public boolean structured() {
		return this.type != Type.TEXT;
	}

	/**
	 * The kind of form.
	 */
	public enum Type {

		/** Free text. */
		TEXT,

		/** Any JSON object. */
		JSON_OBJECT,

		/** A JSON object that follows a schema. */
		JSON_SCHEMA,

		/** Vectors instead of an answer. */
		VECTORS

	}

}
