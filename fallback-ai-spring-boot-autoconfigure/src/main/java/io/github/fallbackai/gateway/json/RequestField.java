// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import java.util.AbstractList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A value within a request. It knows its path, so that an error can name it. Its elements
 * and members are made when they are asked for.
 */
public final class RequestField {

	private final JsonNode value;

	private final @Nullable RequestField parent;

	/** Name or position within the parent; nothing of it is written unless asked for. */
	private final Object key;

	/** The whole of a request. */
	public RequestField(JsonNode value) {
		this(value, null, "");
	}

	private RequestField(JsonNode value, @Nullable RequestField parent, Object key) {
		this.value = value;
		this.parent = parent;
		this.key = key;
	}

	/** The value, possibly missing. */
	public JsonNode value() {
		return this.value;
	}

	/** Where it stands, as OpenAI writes it: {@code messages[0].content}. */
	public String path() {
		if (this.parent == null) {
			return "";
		}
		String above = this.parent.path();
		if (this.key instanceof Integer) {
			return above + '[' + this.key + ']';
		}
		return above.isEmpty() ? this.key.toString() : above + '.' + this.key;
	}

	public RequestField get(String name) {
		return new RequestField(this.value.path(name), this, name);
	}

	/** Whether there is no value. For OpenAI, {@code null} is no value. */
	public boolean absent() {
		return this.value.isMissingNode() || this.value.isNull();
	}

	public boolean isText() {
		return this.value.isTextual();
	}

	public boolean isArray() {
		return this.value.isArray();
	}

	/** The elements of a list; none if the list is absent. */
	public List<RequestField> elements() {
		if (absent()) {
			return List.of();
		}
		if (!isArray()) {
			throw wrongType("an array");
		}
		return new AbstractList<>() {

			@Override
			public RequestField get(int index) {
				return new RequestField(RequestField.this.value.get(index), RequestField.this, index);
			}

			@Override
			public int size() {
				return RequestField.this.value.size();
			}

		};
	}

	/**
	 * The elements of a list; none if the list is absent.
	 * @param most how many there may be
	 */
	public List<RequestField> elements(int most) {
		List<RequestField> elements = elements();
		if (elements.size() > most) {
			throw invalid("at most " + most + " elements");
		}
		return elements;
	}

	public String text() {
		return require(isText(), "a string").textValue();
	}

	public String text(String absent) {
		return absent() ? absent : text();
	}

	/** One of a few words. */
	public String oneOf(String... words) {
		String text = text();
		if (!List.of(words).contains(text)) {
			throw invalid("'" + String.join("', '", words) + "'");
		}
		return text;
	}

	public double number() {
		double number = require(this.value.isNumber(), "a number").doubleValue();
		if (!Double.isFinite(number)) {
			throw invalid("a number that a double has room for");
		}
		return number;
	}

	public long integer() {
		return integer(Long.MIN_VALUE, Long.MAX_VALUE);
	}

	public long integer(long min, long max) {
		JsonNode integer = require(this.value.isIntegralNumber(), "an integer");
		if (!integer.canConvertToLong() || integer.longValue() < min || integer.longValue() > max) {
			throw invalid("an integer from " + min + " to " + max);
		}
		return integer.longValue();
	}

	public boolean flag(boolean absent) {
		return absent() ? absent : require(this.value.isBoolean(), "a boolean").booleanValue();
	}

	public ObjectNode object() {
		return (ObjectNode) require(this.value.isObject(), "an object");
	}

	private JsonNode require(boolean right, String expected) {
		if (absent()) {
			throw new RejectedRequestException(GatewayError.invalid("missing_required_parameter", path(),
					"Missing required parameter: '" + path() + "'."));
		}
		if (!right) {
			throw wrongType(expected);
		}
		return this.value;
	}

	public RejectedRequestException wrongType(String expected) {
		return new RejectedRequestException(GatewayError.invalid("invalid_type", path(),
				"Invalid type for '" + path() + "': expected " + expected + "."));
	}

	/** The value has the right type but is not one of the possible values. */
	public RejectedRequestException invalid(String expected) {
		return new RejectedRequestException(GatewayError.invalid("invalid_value", path(),
				"Invalid value for '" + path() + "': expected " + expected + "."));
	}

	/** OpenAI knows this, but here it cannot be had. */
	public RejectedRequestException unsupported(String instead) {
		return new RejectedRequestException(GatewayError.invalid("unsupported_parameter", path(),
				"'" + path() + "' is not supported here: " + instead + "."));
	}

	@Override
	public String toString() {
		return "RequestField[" + path() + "]";
	}

}
