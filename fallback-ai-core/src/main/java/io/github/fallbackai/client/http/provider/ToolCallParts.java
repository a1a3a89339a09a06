package io.github.fallbackai.client.http.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one tool call that have arrived. Belongs to one answer. {@code toString()}
 * hides the arguments.
 */
public final class ToolCallParts {

	/** Longer arguments are not parsed after every piece. */
	private static final int MOST_LOOKED_AT = 65_536;

	private String id;

	private String name;

	private final StringBuilder arguments = new StringBuilder();

	/**
	 * The call as it was parsed last; {@code null} if it was not, or has grown since
	 * then.
	 */
	private @Nullable ToolCall read;

	/**
	 * Begins a call.
	 * @param id its id, empty if it is not known yet
	 * @param name name of the tool, empty if it is not known yet
	 */
	public ToolCallParts(String id, String name) {
		this.id = id;
		this.name = name;
	}

	/** The id, empty if it is not known yet. */
	public String id() {
		return this.id;
	}

	/** The name, empty if it is not known yet. */
	public String name() {
		return this.name;
	}

	/**
	 * Sets id and name if they are not known yet.
	 * @param id the id, possibly empty
	 * @param name the name, possibly empty
	 */
	public void identify(String id, String name) {
		if (this.id.isEmpty() || this.name.isEmpty()) {
			this.id = this.id.isEmpty() ? id : this.id;
			this.name = this.name.isEmpty() ? name : this.name;
			this.read = null;
		}
	}

	/**
	 * Adds more of the arguments' text.
	 * @param more a text, or an object, which counts as its own text
	 */
	public void addArguments(JsonNode more) {
		String text = more.isObject() ? more.toString() : more.asText("");
		if (!text.isEmpty()) {
			this.arguments.append(text);
			this.read = null;
		}
	}

	/** Whether the arguments are a JSON object, to which nothing can be added. */
	public boolean hasWholeArguments() {
		int length = this.arguments.length();
		return length > 0 && length <= MOST_LOOKED_AT && this.arguments.charAt(length - 1) == '}'
				&& ProviderJson.read(this.arguments.toString()) instanceof ObjectNode;
	}

	/**
	 * The call, if it has an id, a name and arguments that are a JSON object. Other calls
	 * were cut or are garbage. Missing arguments, or {@code null}, are an empty object.
	 * @return the call, or {@code null} if it is not whole
	 */
	@Nullable ToolCall whole() {
		if (this.read == null) {
			this.read = read();
		}
		return this.read;
	}

	private @Nullable ToolCall read() {
		String stripped = this.arguments.toString().strip();
		String text = (stripped.isEmpty() || stripped.equals("null")) ? "{}" : this.arguments.toString();
		JsonNode parsed = ProviderJson.read(text);
		if (this.id.isEmpty() || this.name.isEmpty() || parsed == null || !parsed.isObject()) {
			return null;
		}
		return new ToolCall(this.id, this.name, text);
	}

	@Override
	public String toString() {
		return "ToolCallParts[" + this.name + "]";
	}

}
