// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import io.github.fallbackai.autoconfigure.properties.PropertyLayer;
import io.github.fallbackai.endpoint.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one endpoint, merged from its layers. It remembers the layers, so
 * that an error names the wrong property.
 */
public final class LayeredEndpointProperties {

	public static final String API_KEY = "api-key";

	private static final String DEFAULT_PROVIDER = "openai";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}:]*)");

	/** The management endpoint uses this word at the place of a name. */
	private static final String EVENTS = "events";

	private static final Pattern UNUSABLE = Pattern.compile("[/\\p{Cc}\\u2028\\u2029]");

	private final PropertyLayer own;

	private final List<PropertyLayer> strongestFirst = new ArrayList<>();

	private final EndpointProperties properties = new EndpointProperties();

	private final String name;

	private @Nullable String apiKeyProperty;

	LayeredEndpointProperties(PropertyLayer defaults, PropertyLayer own) {
		this.own = own;
		apply(defaults);
		apply(own);
		this.name = nameOf(this.properties);
	}

	private String nameOf(EndpointProperties properties) {
		String name = properties.getName();
		if (name == null) {
			return UNUSABLE.matcher((provider() + '-' + model()).strip()).replaceAll("-");
		}
		if (LettersAndDigits.of(name).isEmpty()) {
			throw invalid("name", "blank (expected: a name with a letter or digit)", "Give the endpoint a name.");
		}
		if (name.equals(EVENTS) || !name.equals(name.strip()) || UNUSABLE.matcher(name).find()) {
			throw invalid("name",
					"cannot stand in the path of the management endpoint (expected: no slash, no control character, no"
							+ " blank at an end, and not '" + EVENTS + "')",
					"Give the endpoint another name, for example primary.");
		}
		return name;
	}

	private void apply(PropertyLayer layer) {
		layer.applyTo(this.properties);
		this.strongestFirst.add(0, layer);
	}

	void applyKey(ApiKeyAssignment keys) {
		String key = keys.keyOf(this.name);
		if (key != null) {
			this.properties.setApiKey(key);
			this.apiKeyProperty = keys.propertyOf(this.name);
		}
	}

	void applyOverride(PropertyLayer override) {
		if (override.has("name")) {
			throw new InvalidFallbackConfigurationException(override.property("name"), "a name cannot be overridden",
					"Change the name at " + this.own.property("name") + ".");
		}
		if (override.has(API_KEY)) {
			this.apiKeyProperty = null;
		}
		apply(override);
	}

	public String name() {
		return this.name;
	}

	String provider() {
		String provider = this.properties.getProvider();
		return (provider != null) ? provider : DEFAULT_PROVIDER;
	}

	String model() {
		String model = this.properties.getModel();
		if (model == null || model.isBlank()) {
			// A chat model of Spring AI has its own model, so the bean's name will do.
			String bean = ChatModelBeans.nameOf(this);
			if (bean != null) {
				return bean;
			}
			throw invalid("model", "missing (expected: the model to ask for)", "Set it, for example to gpt-4o-mini.");
		}
		return resolved("model", model);
	}

	/**
	 * Whether there is an empty key, for example from an environment variable that is not
	 * set.
	 */
	public boolean hasBlankKey() {
		String key = this.properties.apiKey();
		return key != null && key.isBlank();
	}

	public EndpointProperties properties() {
		return this.properties;
	}

	/**
	 * Returns the full name of the property that decides.
	 * @param suffix its name below the endpoint, for example {@code timeout.idle}
	 * @return the strongest that is set, or the endpoint's own if none is
	 */
	public String property(String suffix) {
		if (suffix.equals(API_KEY) && this.apiKeyProperty != null) {
			return this.apiKeyProperty;
		}
		return this.strongestFirst.stream()
			.filter((layer) -> layer.has(suffix))
			.findFirst()
			.orElse(this.own)
			.property(suffix);
	}

	/**
	 * Refuses a value with a placeholder that was not replaced. Spring Boot leaves such
	 * placeholders as they are.
	 * @param suffix name of the property below the endpoint
	 * @param value its value
	 * @return the value
	 */
	String resolved(String suffix, String value) {
		Matcher placeholder = PLACEHOLDER.matcher(value);
		if (placeholder.find()) {
			String name = placeholder.group(1);
			throw invalid(suffix, "refers to ${" + name + "}, which has no value", "Set " + name
					+ ", or give it a default: ${" + name + ":}. An API key that is blank turns its endpoint off.");
		}
		return value;
	}

	/**
	 * Makes a value of these properties.
	 * @param constructor makes the value
	 * @param <T> type of the value
	 * @return the value
	 * @throws InvalidFallbackConfigurationException if a property has a value that it
	 * cannot have
	 */
	<T> T value(Supplier<T> constructor) {
		return Check.value(this::property, constructor);
	}

	InvalidFallbackConfigurationException invalid(InvalidValueException problem) {
		return Check.invalid(this::property, problem);
	}

	public InvalidFallbackConfigurationException invalid(String suffix, String reason, String action) {
		return new InvalidFallbackConfigurationException(property(suffix), reason, action);
	}

}
