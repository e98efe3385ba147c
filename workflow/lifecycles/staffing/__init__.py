"""Staffing: whether the people in office today can bring a case to every end with all duties kept."""
