// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * One of the places from which the properties of an endpoint or a chain come.
 *
 * @param prefix what the names of the properties start with there
 * @param sources where to look
 * @param binder binds from there
 */
public record PropertyLayer(ConfigurationPropertyName prefix, Iterable<ConfigurationPropertySource> sources,
		Binder binder) {

	/**
	 * Sets the properties that this layer has, and leaves the others alone.
	 * @param properties what to change
	 */
	public void applyTo(Object properties) {
		this.binder.bind(this.prefix, Bindable.ofInstance(properties));
	}

	/**
	 * Whether this layer has a property, or a part of it.
	 * @param suffix its name below the prefix, for example {@code timeout.idle}
	 */
	public boolean has(String suffix) {
		ConfigurationPropertyName name = this.prefix.append(suffix);
		for (ConfigurationPropertySource source : this.sources) {
			if (source.getConfigurationProperty(name) != null
					|| source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a source has the environment variables, whose names have lost case and
	 * punctuation.
	 */
	public static boolean isEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	public String property(String suffix) {
		return this.prefix.append(suffix).toString();
	}

}
