// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.util.List;
import java.util.function.Supplier;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.properties.CallProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.PropertyLayer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * The properties of one chain, merged with those for all chains. It remembers both
 * layers, so that an error names the wrong property.
 */
public final class LayeredChainProperties {

	private static final ConfigurationPropertyName ALL = ConfigurationPropertyName.of(FallbackAiProperties.PREFIX);

	private static final ConfigurationPropertyName CHAINS = ALL.append("chains");

	private final String name;

	private final @Nullable List<String> members;

	private final CallProperties properties = new CallProperties();

	private final PropertyLayer all;

	private final @Nullable PropertyLayer own;

	private LayeredChainProperties(Environment environment, String name, @Nullable List<String> members) {
		this.name = name;
		this.members = members;
		this.all = layer(environment, ALL);
		this.own = (members != null) ? layer(environment, CHAINS.append(element(name))) : null;
		this.all.applyTo(this.properties);
		if (this.own != null) {
			this.own.applyTo(this.properties);
		}
	}

	/** The default chain if none is configured: all endpoints in order. */
	static LayeredChainProperties ofAll(Environment environment, String name) {
		return new LayeredChainProperties(environment, name, null);
	}

	/** A configured chain. */
	static LayeredChainProperties of(Environment environment, String name, List<String> members) {
		return new LayeredChainProperties(environment, name, members);
	}

	private static PropertyLayer layer(Environment environment, ConfigurationPropertyName prefix) {
		Iterable<ConfigurationPropertySource> sources = ConfigurationPropertySources.get(environment);
		return new PropertyLayer(prefix, sources,
				new Binder(sources, new PropertySourcesPlaceholdersResolver(environment)));
	}

	private static String element(String name) {
		return (ConfigurationPropertyName.isValid(name) && name.indexOf('.') < 0) ? name : '[' + name + ']';
	}

	public String name() {
		return this.name;
	}

	/** Names of the chain's endpoints, {@code null} for all endpoints. */
	@Nullable List<String> members() {
		return this.members;
	}

	CallProperties properties() {
		return this.properties;
	}

	/**
	 * Returns the full name of the property that decides.
	 * @param suffix its name below the chain, for example {@code hedge.delay}
	 * @return the chain's own if it is set, else the one for all chains
	 */
	String property(String suffix) {
		int index = suffix.indexOf('[');
		String whole = (index > 0) ? suffix.substring(0, index) : suffix;
		return ((this.own != null && this.own.has(whole)) ? this.own : this.all).property(suffix);
	}

	/**
	 * Makes a value from these properties.
	 * @param constructor makes the value
	 * @param <T> type of the value
	 * @return the value
	 * @throws InvalidFallbackConfigurationException if a property has a value that it
	 * cannot have
	 */
	<T> T value(Supplier<T> constructor) {
		return Check.value(this::property, constructor);
	}

	/**
	 * Returns the full name of a property that only a chain has.
	 * @param suffix its name below the chain
	 */
	String ownProperty(String suffix) {
		return CHAINS.append(element(this.name)) + "." + suffix;
	}

}
