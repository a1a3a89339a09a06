package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A value within a request. It knows its path, so that an error can name it.
 *
 * @param value the value, possibly missing
 * @param path where it stands, as OpenAI writes it: {@code messages[0].content}
 */
record RequestField(JsonNode value, String path) {

	RequestField get(String name) {
		return new RequestField(this.value.path(name), this.path.isEmpty() ? name : this.path + '.' + name);
	}

	/** Whether there is no value. For OpenAI, {@code null} is no value. */
	boolean absent() {
		return this.value.isMissingNode() || this.value.isNull();
	}

	boolean isText() {
		return this.value.isTextual();
	}

	boolean isArray() {
		return this.value.isArray();
	}

	/** The elements of a list; none if the list is absent. */
	List<RequestField> elements() {
		if (absent()) {
			return List.of();
		}
		if (!isArray()) {
			throw wrongType("an array");
		}
		List<RequestField> elements = new ArrayList<>(this.value.size());
		for (int index = 0; index < this.value.size(); index++) {
			elements.add(new RequestField(this.value.get(index), this.path + '[' + index + ']'));
		}
		return elements;
	}

	String text() {
		return require(isText(), "a string").textValue();
	}

	String text(String absent) {
		return absent() ? absent : text();
	}

	double number() {
		double number = require(this.value.isNumber(), "a number").doubleValue();
		if (!Double.isFinite(number)) {
			throw invalid("a number that a double has room for");
		}
		return number;
	}

	long integer() {
		return integer(Long.MIN_VALUE, Long.MAX_VALUE);
	}

	long integer(long min, long max) {
		JsonNode integer = require(this.value.isIntegralNumber(), "an integer");
		if (!integer.canConvertToLong() || integer.longValue() < min || integer.longValue() > max) {
			throw invalid("an integer from " + min + " to " + max);
		}
		return integer.longValue();
	}

	boolean flag(boolean absent) {
		return absent() ? absent : require(this.value.isBoolean(), "a boolean").booleanValue();
	}

	ObjectNode object() {
		return (ObjectNode) require(this.value.isObject(), "an object");
	}

	private JsonNode require(boolean right, String expected) {
		if (absent()) {
			throw new RejectedRequestException(GatewayError.invalid("missing_required_parameter", this.path,
					"Missing required parameter: '" + this.path + "'."));
		}
		if (!right) {
			throw wrongType(expected);
		}
		return this.value;
	}

	RejectedRequestException wrongType(String expected) {
		return new RejectedRequestException(GatewayError.invalid("invalid_type", this.path,
				"Invalid type for '" + this.path + "': expected " + expected + "."));
	}

	/** The value has the right type but is not one of the possible values. */
	RejectedRequestException invalid(String expected) {
		return new RejectedRequestException(GatewayError.invalid("invalid_value", this.path,
				"Invalid value for '" + this.path + "': expected " + expected + "."));
	}

	/** OpenAI knows this, but here it cannot be had. */
	RejectedRequestException unsupported(String instead) {
		return new RejectedRequestException(GatewayError.invalid("unsupported_parameter", this.path,
				"'" + this.path + "' is not supported here: " + instead + "."));
	}

	@Override
	public String toString() {
		return "RequestField[" + this.path + "]";
	}

}
