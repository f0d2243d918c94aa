{% load static %}import { serve } from "{% static "ui/js/worker.js" %}";
serve("{{ version }}", [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}], "{% url "newsroom:gather" %}");
